using System.Runtime.ExceptionServices;

namespace CodegenStreaming.Batches;

/// <summary>What waits for a context's end: its stop, or the first failure of a batch. Thread-safe.</summary>
internal sealed class Termination(TimeProvider time)
{
    private readonly TaskCompletionSource<Exception?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Stop() => _end.TrySetResult(null);

    /// <summary>Reports a failure; all but the first are only logged where they happen.</summary>
    public void Fail(Exception failure) => _end.TrySetResult(failure);

    /// <summary>Completes with the stop; throws the first failure as it was.</summary>
    public async Task WaitAsync(CancellationToken cancellation) =>
        Throw(await _end.Task.WaitAsync(cancellation).ConfigureAwait(false));

    /// <summary>The same, with a limit; false when it has passed.</summary>
    public async Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            await _end.Task.WaitAsync(limit, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false; // The limit's: a failure is the task's result and never thrown by it.
        }

        Throw(await _end.Task.ConfigureAwait(false));
        return true;
    }

    private static void Throw(Exception? failure)
    {
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }
}
