using System.Runtime.InteropServices;
using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Heroic;
using CodegenStreaming.Benchmarks.Rivals;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>
/// Sums by key over a million random integer keys: ten batches of a hundred thousand records each, so that almost every record brings a key that its
/// batch has not seen.
/// </summary>
internal sealed class KeyedSumsWorkload : Workload
{
    private const int Keys = 1_000_000;

    public override string Name => "keyed-sums";

    public override int Batches => 10;

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var batches = CreateBatches();
        var sums = new Dictionary<int, long>();
        var heroic = new HeroicKeyedSums();
        return
        [
            new Contender(ContenderNames.Hand, () => batches.Sum(batch => Sum(batch, sums))),
            new Contender(ContenderNames.Heroic, () => batches.Sum(batch => heroic.SumBatch(batch))),
            Repeated(ContenderNames.Fused, batches),
            Repeated(ContenderNames.Unfused, batches),
            new Contender(ContenderNames.Linq, () => batches.Sum(batch => batch.AggregateBy(reading => reading.Sensor, 0L, (sum, reading) => sum + reading.Value).Sum(pair => Weight(pair.Key, pair.Value)))),
            .. Rivals(batches),
            OfBatches([.. batches.Select(batch => ChannelBatchesRival.Create(batch, run => Add(run, sums), () => Checksum(sums)))]),
            OfBatches([.. batches.Select(batch => DuckDb(
                () => DuckDbRival.Open().WithBatch(batch, reading => new { sensor = reading.Sensor, value = reading.Value }),
                database => database.Number("select sum((sensor & 255) + total)::bigint from (select sensor, sum(value) as total from batch(0) group by sensor)")))]),
        ];
    }

    /// <summary>What a key contributes to the checksum.</summary>
    internal static long Weight(int key, long sum) => (key & 0xFF) + sum;

    /// <summary>The libraries take the batches one after another too.</summary>
    private static IEnumerable<Contender> Rivals(Reading[][] batches) => batches
        .SelectMany(batch => new KeyedJob<Reading, int>(batch, _ => true, reading => reading.Sensor, reading => reading.Value, Weight).CreateContenders())
        .GroupBy(contender => contender.Name)
        .Select(parts => OfBatches([.. parts]));

    /// <summary>A contender of each batch as one of all.</summary>
    private static Contender OfBatches(Contender[] parts) => new(parts[0].Name, () => parts.Sum(part => part.RunBatch()));

    /// <summary>The engine takes the ten batches one after another.</summary>
    private Contender Repeated(string name, Reading[][] batches)
    {
        var pipeline = new KeyedSumsPipeline(batches);
        var one = Engine(name, pipeline);
        return one with
        {
            RunBatch = () =>
            {
                var checksum = 0L;
                for (var batch = 0; batch < Batches; batch++)
                {
                    checksum += one.RunBatch();
                }

                return checksum;
            },
        };
    }

    private Reading[][] CreateBatches()
    {
        var random = new Random(23);
        var keys = new int[Keys];
        for (var index = 0; index < keys.Length; index++)
        {
            keys[index] = random.Next(int.MinValue, int.MaxValue);
        }

        return [.. Enumerable.Range(0, Batches).Select(_ => Enumerable.Range(0, Records / Batches).Select(_ => new Reading(keys[random.Next(Keys)], random.Next(1000))).ToArray())];
    }

    private static long Sum(Reading[] readings, Dictionary<int, long> sums)
    {
        Add(readings, sums);
        return Checksum(sums);
    }

    private static void Add(ReadOnlySpan<Reading> readings, Dictionary<int, long> sums)
    {
        foreach (var reading in readings)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(sums, reading.Sensor, out _) += reading.Value;
        }
    }

    /// <summary>Ends a batch.</summary>
    private static long Checksum(Dictionary<int, long> sums)
    {
        var checksum = 0L;
        foreach (var (key, sum) in sums)
        {
            checksum += Weight(key, sum);
        }

        sums.Clear();
        return checksum;
    }
}

/// <summary>What a sensor measured.</summary>
internal readonly record struct Reading(int Sensor, int Value);

[StreamingPipeline]
internal sealed partial class KeyedSumsPipeline(Reading[][] batches) : IMeasuredPipeline
{
    private long _checksum;

    public long Checksum => _checksum;

    public void Define(StreamingContext streaming) =>
        new BlockInput<Reading>([.. batches.Select(batch => new ArrayBlock<Reading>(batch, batch.Length, pool: null))]).AddTo(streaming)
            .Map(reading => (reading.Sensor, (long)reading.Value))
            .ReduceByKey((left, right) => left + right)
            .ForeachRdd(rdd =>
            {
                _checksum = 0;
                rdd.Foreach(pair => _checksum += KeyedSumsWorkload.Weight(pair.Key, pair.Value));
            });
}
