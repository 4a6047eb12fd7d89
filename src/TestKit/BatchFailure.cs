namespace CodegenStreaming.TestKit;

/// <summary>An output, or a source asked for its records, that failed in a batch.</summary>
public sealed class BatchFailure
{
    internal BatchFailure(BatchTime batchTime, string place, string operatorName, string? streamName, Exception exception) =>
        (BatchTime, Place, OperatorName, StreamName, Exception) = (batchTime, place, operatorName, streamName, exception);

    /// <summary>The batch.</summary>
    public BatchTime BatchTime { get; }

    /// <summary>The output or source, such as <c>'counts' (Print)</c>.</summary>
    public string Place { get; }

    /// <summary>
    /// The operator whose function threw, for a function that runs in tasks; otherwise the method that made the output or source, such as
    /// <c>ForeachRdd</c>.
    /// </summary>
    public string OperatorName { get; }

    /// <summary>The name that this operator's stream, or the output or source, was given by <c>Named</c>; null where it has none.</summary>
    public string? StreamName { get; }

    /// <summary>What it threw: for a function that runs in tasks, a <see cref="StreamingTaskException"/> around it.</summary>
    public Exception Exception { get; }
}
