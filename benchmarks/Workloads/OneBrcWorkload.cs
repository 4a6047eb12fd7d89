using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Heroic;
using CodegenStreaming.Benchmarks.Rivals;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>The one billion row challenge with ten million rows: minimum, mean and maximum by station, from a file that the operating system has in its cache.</summary>
internal sealed class OneBrcWorkload(int stations) : Workload
{
    public override string Name => $"onebrc-{stations}";

    public override int Records => OneBrcData.Rows;

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var path = new Lazy<string>(() => OneBrcData.Create(stations));
        return
        [
            new Contender(ContenderNames.Hand, () => SpanLines(path.Value)),
            new Contender(ContenderNames.Heroic, () => new HeroicOneBrc(path.Value).Run()),
            Engine(ContenderNames.Fused, new OneBrcPipeline(path)),
            Engine(ContenderNames.Unfused, new OneBrcPipeline(path)),
            new Contender(ContenderNames.Linq, () => Linq(path.Value)),
            DuckDb(DuckDbRival.Open, database => Sql(database, path.Value)),
            new Contender(ContenderNames.ReadLine, () => SplitLines(path.Value)),
        ];
    }

    /// <summary>What a station contributes to the checksum.</summary>
    internal static long Weight(ReadOnlySpan<byte> station, Temperatures all) =>
        (station[0] + station.Length) * ((all.Sum * 7) + (all.Minimum * 3L) + (all.Maximum * 5L) + all.Count);

    /// <summary>A loop by hand that makes no string of a station but once.</summary>
    private static long SpanLines(string path)
    {
        var stations = new Dictionary<string, Temperatures>();
        var byName = stations.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var line in File.ReadLines(path))
        {
            var separator = line.IndexOf(';');
            var tenths = (int)Math.Round(double.Parse(line.AsSpan(separator + 1), CultureInfo.InvariantCulture) * 10);
            ref var all = ref CollectionsMarshal.GetValueRefOrAddDefault(byName, line.AsSpan(0, separator), out var exists);
            all = exists ? Temperatures.Merge(all, new Temperatures(tenths)) : new Temperatures(tenths);
        }

        return Checksum(stations);
    }

    /// <summary>What one writes first.</summary>
    private static long SplitLines(string path)
    {
        var stations = new Dictionary<string, Temperatures>();
        using var reader = new StreamReader(path);
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(';');
            var one = new Temperatures((int)Math.Round(double.Parse(fields[1], CultureInfo.InvariantCulture) * 10));
            stations[fields[0]] = stations.TryGetValue(fields[0], out var all) ? Temperatures.Merge(all, one) : one;
        }

        return Checksum(stations);
    }

    private static long Linq(string path) => Checksum(File.ReadLines(path)
        .Select(line => line.Split(';'))
        .AggregateBy(
            fields => fields[0],
            Temperatures.None,
            (all, fields) => Temperatures.Merge(all, new Temperatures((int)Math.Round(double.Parse(fields[1], CultureInfo.InvariantCulture) * 10)))));

    /// <summary>DuckDB reads the file itself. The checksum's first factor is the first byte of the name's UTF-8.</summary>
    private static long Sql(DuckDbRival database, string path) => database.Number($$"""
        select sum((('0x' || hex(encode(station))[1:2])::bigint + octet_length(encode(station))) * (total * 7 + least * 3 + most * 5 + measurements))
        from (
            select station, min(tenths) as least, max(tenths) as most, count(*) as measurements, sum(tenths) as total
            from (
                select station, (temperature * 10)::bigint as tenths
                from read_csv('{{path}}', delim = ';', header = false, quote = '', columns = {station: 'varchar', temperature: 'decimal(4, 1)'}))
            group by station)
        """);

    private static long Checksum(IEnumerable<KeyValuePair<string, Temperatures>> stations) =>
        stations.Sum(station => Weight(Encoding.UTF8.GetBytes(station.Key), station.Value));
}

/// <summary>Temperatures of a station, in tenths of a degree.</summary>
internal readonly record struct Temperatures(int Minimum, int Maximum, int Count, long Sum)
{
    public Temperatures(int tenths)
        : this(tenths, tenths, 1, tenths)
    {
    }

    public static Temperatures None { get; } = new(int.MaxValue, int.MinValue, 0, 0);

    public static Temperatures Merge(Temperatures left, Temperatures right) =>
        new(Math.Min(left.Minimum, right.Minimum), Math.Max(left.Maximum, right.Maximum), left.Count + right.Count, left.Sum + right.Sum);
}

[StreamingPipeline]
internal sealed partial class OneBrcPipeline(Lazy<string> path) : IMeasuredPipeline
{
    private long _checksum;

    public long Checksum => _checksum;

    public void Define(StreamingContext streaming) =>
        new TextFileInput(path).AddTo(streaming)
            .Map(Parse)
            .ReduceByKey(Temperatures.Merge)
            .ForeachRdd(rdd =>
            {
                _checksum = 0;
                rdd.Foreach(station => _checksum += OneBrcWorkload.Weight(station.Key.Span, station.Value));
            });

    private static (Utf8Slice Station, Temperatures Measurement) Parse(Utf8Slice line) =>
        (line.Field(';', 0), new Temperatures((int)line.Field(';', 1).ParseFixed(decimals: 1)));
}
