using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary>The entry point: makes streams, starts and stops their processing.</summary>
public sealed partial class StreamingContext
{
    private readonly StreamGraph _graph = new();

    /// <summary>Makes a context.</summary>
    public StreamingContext(StreamingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
    }

    /// <summary>The settings.</summary>
    public StreamingOptions Options { get; }

    internal StreamGraph Graph => _graph;

    /// <summary>Where <c>Print</c> writes.</summary>
    internal TextWriter Out { get; } = Console.Out;

    /// <summary>Adds a pipeline: calls its <see cref="IStreamingPipeline.Define"/>.</summary>
    public void Add(IStreamingPipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        _graph.Defining = pipeline;
        try
        {
            pipeline.Define(this);
        }
        finally
        {
            _graph.Defining = null;
        }
    }

    internal DStream<T> AddOperator<T>(DatasetNode<T> node)
    {
        _graph.Add(node);
        return new DStream<T>(this, node);
    }

    internal OutputOperation AddOutput(OutputOperation output) => _graph.AddOutput(output);

    internal void CheckSame(StreamingContext other)
    {
        if (other != this)
        {
            throw new ArgumentException("The streams belong to different contexts.", nameof(other));
        }
    }
}
