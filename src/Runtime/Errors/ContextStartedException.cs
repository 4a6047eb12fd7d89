namespace CodegenStreaming;

/// <summary>A stream or output was added to a context that has been started.</summary>
public sealed class ContextStartedException : StreamingStateException
{
    internal ContextStartedException(string what)
        : base($"{what} cannot be added after the start of the StreamingContext. Define all streams and outputs before Start is called.")
    {
    }
}
