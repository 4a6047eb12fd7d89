using System.Threading.Channels;

namespace CodegenStreaming.Batches;

/// <summary>
/// The middle of a graceful stop: the inputs take nothing more, and the batch clock ticks on until a batch has got everything that they hold.
/// Batches keep their place on the grid, so that a program that is started again at once does not use a batch time twice.
/// </summary>
internal sealed class GracefulDrain(StreamGraph graph, BatchLedger ledger)
{
    private readonly Channel<BatchTime> _requests = Channel.CreateUnbounded<BatchTime>();

    /// <summary>Completes each time that the stop needs a further batch: the moment for a test to advance its clock.</summary>
    public Task WaitsForClockAsync() => _requests.Reader.WaitToReadAsync().AsTask();

    /// <summary>Takes the request: a batch is about to come.</summary>
    public void TakeRequest() => _requests.Reader.TryRead(out _);

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
            _requests.Writer.TryWrite(last);
            await next.WaitAsync(giveUp).ConfigureAwait(false);
        }
    }
}
