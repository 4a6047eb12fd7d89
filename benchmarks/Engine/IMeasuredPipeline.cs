namespace CodegenStreaming.Benchmarks.Engine;

/// <summary>A pipeline that says what came out of its last batch.</summary>
internal interface IMeasuredPipeline : IStreamingPipeline
{
    /// <summary>A number that depends on every result of the batch.</summary>
    long Checksum { get; }
}
