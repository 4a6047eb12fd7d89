using CodegenStreaming.Observability;
using CodegenStreaming.Tests.Sources;

namespace CodegenStreaming.Tests.Observability;

public sealed class OverrunWatchTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly LogRecords _log = new();
    private readonly OverrunWatch _watch;

    public OverrunWatchTests() => _watch = new OverrunWatch(Interval, _log);

    [Fact]
    public void OneBatchInTime_StartsTheCountAgain()
    {
        Complete(9, Interval * 2);
        Complete(1, Interval);
        Complete(9, Interval * 2);
        Assert.Empty(_log.Warnings);

        Complete(1, Interval * 2);
        Assert.Single(_log.Warnings);
    }

    [Fact]
    public void Warning_ComesAgainAfterTenMore()
    {
        Complete(35, Interval * 2);
        Assert.Equal(3, _log.Warnings.Count());
    }

    private void Complete(int batches, TimeSpan processingTime)
    {
        for (var batch = 0; batch < batches; batch++)
        {
            _watch.BatchCompleted(processingTime);
        }
    }
}
