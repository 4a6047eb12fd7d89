namespace CodegenStreaming;

/// <summary>A context was started that has no output operation.</summary>
public sealed class NoOutputOperationException : StreamingStateException
{
    internal NoOutputOperationException()
        : base("No output operations registered, so nothing to execute. Call Print, ForeachRdd or a Save method on a stream before Start.")
    {
    }
}
