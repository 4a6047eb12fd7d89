namespace CodegenStreaming.Batches;

/// <summary>
/// The middle of a graceful stop: the inputs take nothing more, and the batch clock ticks on until a batch has got everything that they hold.
/// Batches keep their place on the grid, so that a program that is started again at once does not use a batch time twice.
/// </summary>
internal sealed class GracefulDrain(StreamGraph graph, BatchLedger ledger)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _waitsForClock = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the stop needs the next batch: the moment for a test to advance its clock.</summary>
    public Task WaitsForClockAsync()
    {
        lock (_lock)
        {
            return _waitsForClock.Task;
        }
    }

    public async Task RunAsync(CancellationToken giveUp)
    {
        while (true)
        {
            var last = ledger.LastMade;
            await ledger.WaitUntilIdleAsync().WaitAsync(giveUp).ConfigureAwait(false);
            if (!graph.Inputs.Any(input => input.HasPending))
            {
                return;
            }

            var next = ledger.WaitForNextAsync(last);
            SetWaiting(true);
            await next.WaitAsync(giveUp).ConfigureAwait(false);
            SetWaiting(false);
        }
    }

    private void SetWaiting(bool waiting)
    {
        lock (_lock)
        {
            if (waiting)
            {
                _waitsForClock.TrySetResult();
            }
            else
            {
                _waitsForClock = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
