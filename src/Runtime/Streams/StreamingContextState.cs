namespace CodegenStreaming;

/// <summary>Where a <see cref="StreamingContext"/> is in its life. It only ever goes forward.</summary>
public enum StreamingContextState
{
    /// <summary>Streams and outputs can be defined. Left by <c>Start</c> or <c>Stop</c>.</summary>
    Initialized,

    /// <summary>Batches run. Left when a stop has completed.</summary>
    Active,

    /// <summary>Nothing runs any more, and nothing can be started again.</summary>
    Stopped,
}
