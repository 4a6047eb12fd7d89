using CodegenStreaming.Benchmarks.Engine;

namespace CodegenStreaming.Benchmarks.Footprint;

/// <summary>Word count over text that never ends.</summary>
[StreamingPipeline]
internal sealed partial class TextFloodPipeline : IMeasuredPipeline
{
    private readonly TextFloodInput _flood = new();
    private long _words;

    public long BytesSent => _flood.BytesSent;

    /// <summary>The words of the last batch.</summary>
    public long Checksum => _words;

    public void Define(StreamingContext streaming) =>
        _flood.AddTo(streaming)
            .FlatMap(line => line.Split(' '))
            .Map(word => (word, 1))
            .ReduceByKey((left, right) => left + right)
            .ForeachRdd(rdd =>
            {
                _words = 0;
                rdd.Foreach(pair => _words += pair.Value);
            });
}
