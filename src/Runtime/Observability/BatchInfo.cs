namespace CodegenStreaming;

/// <summary>A batch, as of one event.</summary>
public sealed record BatchInfo
{
    /// <summary>The batch's time.</summary>
    public required BatchTime BatchTime { get; init; }

    /// <summary>What each input gave, in the order of definition.</summary>
    public required IReadOnlyList<StreamInputInfo> Inputs { get; init; }

    /// <summary>The batch's outputs, in the order of definition.</summary>
    public required IReadOnlyList<OutputOperationInfo> OutputOperations { get; init; }

    /// <summary>When the batch got its records.</summary>
    public required DateTimeOffset SubmissionTime { get; init; }

    /// <summary>When its first output began; null before that.</summary>
    public DateTimeOffset? ProcessingStartTime { get; init; }

    /// <summary>When its last output ended; null before that.</summary>
    public DateTimeOffset? ProcessingEndTime { get; init; }

    /// <summary>The records of all inputs.</summary>
    public long NumRecords => Inputs.Sum(input => input.NumRecords);

    /// <summary>How long the batch waited for its turn; null before it began.</summary>
    public TimeSpan? SchedulingDelay => ProcessingStartTime - SubmissionTime;

    /// <summary>How long it took from its first output's begin to its last output's end; null before that.</summary>
    public TimeSpan? ProcessingDelay => ProcessingEndTime - ProcessingStartTime;

    /// <summary>Both together.</summary>
    public TimeSpan? TotalDelay => ProcessingEndTime - SubmissionTime;
}
