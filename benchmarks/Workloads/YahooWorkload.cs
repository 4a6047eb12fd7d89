using System.Runtime.InteropServices;
using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Heroic;
using CodegenStreaming.Benchmarks.Rivals;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>
/// The Yahoo streaming benchmark over records that are parsed already: keep the views, look up the campaign of the ad, count by campaign and ten seconds.
/// </summary>
internal sealed class YahooWorkload : Workload
{
    internal const int WindowLength = 10_000;

    private const int AdCount = 1_000;
    private const int CampaignCount = 100;

    /// <summary>The time that a batch's events span.</summary>
    private const int BatchLength = 100_000;

    public override string Name => "yahoo";

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var random = new Random(5);
        int[] campaigns = [.. Enumerable.Range(0, AdCount).Select(_ => random.Next(CampaignCount))];
        var events = CreateEvents(random);
        var counts = new Dictionary<(int Campaign, long Window), long>();
        return
        [
            new Contender(ContenderNames.Hand, () => Count(events, campaigns, counts)),
            new Contender(ContenderNames.Heroic, new HeroicYahoo(events, campaigns, CampaignCount).CountBatch),
            Engine(ContenderNames.Fused, new YahooPipeline(events, campaigns)),
            Engine(ContenderNames.Unfused, new YahooPipeline(events, campaigns)),
            new Contender(ContenderNames.Linq, () => events
                .Where(@event => @event.Kind == AdEventKind.View)
                .CountBy(@event => (campaigns[@event.Ad], @event.Time / WindowLength))
                .Sum(count => Weight(count.Key, count.Value))),
            .. new KeyedJob<AdEvent, (int Campaign, long Window)>(
                events, @event => @event.Kind == AdEventKind.View, @event => (campaigns[@event.Ad], @event.Time / WindowLength), _ => 1, Weight).CreateContenders(),
            ChannelBatchesRival.Create(events, run => Add(run, campaigns, counts), () => Checksum(counts)),
            DuckDb(
                () => DuckDbRival.Open().WithBatch(events, @event => new { kind = (short)@event.Kind, campaign = campaigns[@event.Ad], time = @event.Time }),
                database => database.Number("""
                    select sum(total * (campaign * 31 + ten % 1000 + 1))
                    from (select campaign, time // 10000 as ten, count(*) as total from batch(0) where kind = 0 group by all)
                    """)),
        ];
    }

    /// <summary>What a count contributes to the checksum.</summary>
    internal static long Weight((int Campaign, long Window) key, long count) => count * ((key.Campaign * 31) + (key.Window % 1_000) + 1);

    private AdEvent[] CreateEvents(Random random)
    {
        var events = new AdEvent[Records];
        for (var index = 0; index < events.Length; index++)
        {
            events[index] = new AdEvent
            {
                User = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()),
                Page = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()),
                Address = (ulong)random.NextInt64(),
                Time = 1_700_000_000_000 + ((long)index * BatchLength / events.Length),
                Ad = random.Next(AdCount),
                Kind = (AdEventKind)random.Next(3),
                Format = (short)random.Next(5),
            };
        }

        return events;
    }

    private static long Count(AdEvent[] events, int[] campaigns, Dictionary<(int Campaign, long Window), long> counts)
    {
        foreach (var run in Runs(events.Length))
        {
            Add(events.AsSpan(run), campaigns, counts);
        }

        return Checksum(counts);
    }

    /// <summary>Ends a batch.</summary>
    private static long Checksum(Dictionary<(int Campaign, long Window), long> counts)
    {
        var checksum = 0L;
        foreach (var (key, count) in counts)
        {
            checksum += Weight(key, count);
        }

        counts.Clear();
        return checksum;
    }

    private static void Add(ReadOnlySpan<AdEvent> events, int[] campaigns, Dictionary<(int Campaign, long Window), long> counts)
    {
        foreach (ref readonly var @event in events)
        {
            if (@event.Kind == AdEventKind.View)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (campaigns[@event.Ad], @event.Time / WindowLength), out _)++;
            }
        }
    }
}

internal enum AdEventKind : short
{
    View,
    Click,
    Purchase,
}

/// <summary>What happened to an advertisement: 64 bytes. Ads are numbered, as a parser that knows them all would do it.</summary>
internal struct AdEvent
{
    public UInt128 User;
    public UInt128 Page;
    public ulong Address;
    public long Time;
    public int Ad;
    public AdEventKind Kind;
    public short Format;
}

[StreamingPipeline]
internal sealed partial class YahooPipeline(AdEvent[] events, int[] campaigns) : IMeasuredPipeline
{
    private long _checksum;

    public long Checksum => _checksum;

    public void Define(StreamingContext streaming) =>
        new BlockInput<AdEvent>(new ArrayBlock<AdEvent>(events, events.Length, pool: null)).AddTo(streaming)
            .Filter(@event => @event.Kind == AdEventKind.View)
            .Map(@event => ((campaigns[@event.Ad], @event.Time / YahooWorkload.WindowLength), 1L))
            .ReduceByKey((left, right) => left + right)
            .ForeachRdd(rdd =>
            {
                _checksum = 0;
                rdd.Foreach(count => _checksum += YahooWorkload.Weight(count.Key, count.Value));
            });
}
