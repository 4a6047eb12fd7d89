using CodegenStreaming.Batches;

namespace CodegenStreaming.Tests.Batches;

public sealed class TerminationTests
{
    private readonly Termination _termination = new(TimeProvider.System);
    private readonly List<Exception?> _told = [];

    [Fact]
    public void Failure_IsTold_BeforeTheReportReturns()
    {
        _termination.WhenEnded(_told.Add);
        var failure = new InvalidOperationException();
        _termination.Fail(failure);
        Assert.Equal([failure], _told);
    }

    [Fact]
    public void OnlyTheFirstEnd_IsTold()
    {
        _termination.WhenEnded(_told.Add);
        _termination.Stop();
        _termination.Fail(new InvalidOperationException());
        Assert.Equal([null], _told);
    }

    [Fact]
    public void WhoeverComesAfterTheEnd_IsToldAtOnce()
    {
        var failure = new InvalidOperationException();
        _termination.Fail(failure);
        _termination.WhenEnded(_told.Add);
        Assert.Equal([failure], _told);
    }

    [Fact]
    public async Task Waiting_ThrowsTheFailure_AsItWas()
    {
        var failure = new InvalidOperationException();
        _termination.Fail(failure);
        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => _termination.WaitAsync(TestContext.Current.CancellationToken)));
    }
}
