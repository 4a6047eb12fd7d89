namespace CodegenStreaming;

/// <summary>An output of one batch, as of one event.</summary>
public sealed record OutputOperationInfo
{
    /// <summary>The batch.</summary>
    public required BatchTime BatchTime { get; init; }

    /// <summary>The output's number, from zero in the order of definition.</summary>
    public required int Id { get; init; }

    /// <summary>The method that made it, such as <c>Print</c>, or the name given to it.</summary>
    public required string Name { get; init; }

    /// <summary>When it began; null before that.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended; null before that.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The exception's text when it failed; null otherwise.</summary>
    public string? FailureReason { get; init; }

    /// <summary>How long it ran; null before it ended.</summary>
    public TimeSpan? Duration => EndTime - StartTime;
}
