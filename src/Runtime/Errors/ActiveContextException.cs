namespace CodegenStreaming;

/// <summary>A second context was started over an engine context that runs one already.</summary>
public sealed class ActiveContextException : StreamingStateException
{
    internal ActiveContextException(string active)
        : base($"The StreamingContext '{active}' is active on this engine context, and there can be one only. Stop it before another one is started, or start the other one over an EngineContext of its own.")
    {
    }
}
