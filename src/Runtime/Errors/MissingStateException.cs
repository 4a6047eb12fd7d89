namespace CodegenStreaming;

/// <summary>A batch of a stream with state cannot be computed, because an earlier one failed: its changes are missing. Other outputs go on.</summary>
public sealed class MissingStateException : StreamingException
{
    internal MissingStateException(string stream, BatchTime missing, BatchTime batch, Exception failure)
        : base(
            $"The state of batch {missing} is missing: {stream} failed in it, so batch {batch} cannot be computed. The inner exception says why. " +
            "Restart the context when the cause is mended.",
            failure) => MissingBatch = missing;

    /// <summary>The batch that failed.</summary>
    public BatchTime MissingBatch { get; }
}
