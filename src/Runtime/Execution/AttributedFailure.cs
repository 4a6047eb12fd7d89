namespace CodegenStreaming.Execution;

/// <summary>A task's failure of which it is known where it belongs, so that nothing is replayed to find out. Never leaves the engine.</summary>
internal sealed class AttributedFailure(StageEnd blamed, Exception cause) : Exception(cause.Message, cause)
{
    public StageEnd Blamed => blamed;
}
