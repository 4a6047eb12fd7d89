using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Engine;

/// <summary>Gives each batch the next of a few blocks, over and over, as if it had just been received.</summary>
internal sealed class BlockInput<T>(params Block<T>[] blocks) : InputStream
{
    private readonly InputNode<T> _node = new("BlockInput");
    private int _next;

    /// <summary>How many of the first blocks come once only.</summary>
    public int Once { get; init; }

    public override string Name => "Block";

    public override DatasetNode Node => _node;

    public override bool HasPending => false;

    public override void Start(InputServices services)
    {
    }

    public override Task StopAsync(bool graceful) => Task.CompletedTask;

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        var block = blocks[_next];
        _next = _next + 1 == blocks.Length ? Math.Min(Once, blocks.Length - 1) : _next + 1;
        block.Retain();
        scope.SetInput(_node, [block]);
        return new InputAllocation(block.Count, 1);
    }

    public DStream<T> AddTo(StreamingContext streaming)
    {
        streaming.Graph.AddInput(this);
        return new DStream<T>(streaming, _node);
    }
}
