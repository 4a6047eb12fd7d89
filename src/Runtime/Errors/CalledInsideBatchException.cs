namespace CodegenStreaming;

/// <summary>A call that waits for the batches was made from inside a batch or a listener, where it would wait for itself.</summary>
public sealed class CalledInsideBatchException : StreamingStateException
{
    internal CalledInsideBatchException(string method)
        : base($"{method} was called inside a batch or a listener of the same StreamingContext, where it would wait for itself. Signal another thread, and call it there; a TaskCompletionSource for that needs RunContinuationsAsynchronously.")
    {
    }
}
