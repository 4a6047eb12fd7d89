namespace CodegenStreaming;

/// <summary>A context that was stopped was to be started again, or something was to be added to it.</summary>
public sealed class ContextStoppedException : StreamingStateException
{
    internal ContextStoppedException(string what)
        : base($"{what} after the stop of the StreamingContext: a stopped context stays stopped. Make a new StreamingContext.")
    {
    }
}
