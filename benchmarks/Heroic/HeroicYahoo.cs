using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Heroic;

/// <summary>
/// The Yahoo benchmark without a table: campaigns are numbered and windows follow one another, so a count has its place in an array; and without a
/// branch, since one event in three at random is a view: the others add nothing. What is left is reading 64 bytes a record.
/// </summary>
internal sealed class HeroicYahoo(AdEvent[] events, int[] campaigns, int campaignCount)
{
    private readonly long[] _counts = new long[campaignCount * 64];

    public long CountBatch()
    {
        Array.Clear(_counts);
        var firstWindow = events[0].Time / YahooWorkload.WindowLength;
        foreach (ref readonly var @event in events.AsSpan())
        {
            var window = (int)((@event.Time / YahooWorkload.WindowLength) - firstWindow);
            _counts[(window * campaignCount) + campaigns[@event.Ad]] += @event.Kind == AdEventKind.View ? 1 : 0;
        }

        var checksum = 0L;
        for (var index = 0; index < _counts.Length; index++)
        {
            checksum += YahooWorkload.Weight((index % campaignCount, firstWindow + (index / campaignCount)), _counts[index]);
        }

        return checksum;
    }
}
