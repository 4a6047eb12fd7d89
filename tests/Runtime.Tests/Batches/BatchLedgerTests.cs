using CodegenStreaming.Batches;

namespace CodegenStreaming.Tests.Batches;

public sealed class BatchLedgerTests
{
    private readonly BatchLedger _ledger = new();

    [Fact]
    public async Task WaitForABatch_EndsWhenItAndAllBeforeItAreDone()
    {
        var second = _ledger.WaitForAsync(new BatchTime(2));
        _ledger.Begin(new BatchTime(1));
        _ledger.Begin(new BatchTime(2));
        _ledger.Begin(new BatchTime(3));

        _ledger.Complete(new BatchTime(2));
        Assert.False(second.IsCompleted);

        _ledger.Complete(new BatchTime(1));
        await second;
        Assert.Equal(1, _ledger.ActiveCount);
    }

    [Fact]
    public async Task WaitForTheNext_EndsAtABatchMadeLater_WhenNoneIsUnderWay()
    {
        _ledger.Begin(new BatchTime(1));
        var next = _ledger.WaitForNextAsync(new BatchTime(1));
        _ledger.Complete(new BatchTime(1));
        Assert.False(next.IsCompleted);

        _ledger.Begin(new BatchTime(2));
        Assert.False(next.IsCompleted);

        _ledger.Complete(new BatchTime(2));
        await next;
        Assert.Equal(new BatchTime(2), _ledger.LastMade);
    }

    [Fact]
    public async Task Idle_IsWhenNoBatchIsUnderWay()
    {
        await _ledger.WaitUntilIdleAsync();
        _ledger.Begin(new BatchTime(1));
        var idle = _ledger.WaitUntilIdleAsync();
        Assert.False(idle.IsCompleted);

        _ledger.Complete(new BatchTime(1));
        await idle;
    }
}
