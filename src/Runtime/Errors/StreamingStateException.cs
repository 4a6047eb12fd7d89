namespace CodegenStreaming;

/// <summary>A call that the state of a context, or the place of the call, does not allow. The message says what to do instead.</summary>
public abstract class StreamingStateException : InvalidOperationException
{
    private protected StreamingStateException(string message)
        : base(message)
    {
    }
}
