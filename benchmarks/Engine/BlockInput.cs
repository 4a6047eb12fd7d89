using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Engine;

/// <summary>Gives every batch the same block, as if it had just been received.</summary>
internal sealed class BlockInput<T>(Block<T> block) : InputStream
{
    private readonly InputNode<T> _node = new("BlockInput");

    public override string Name => "Block";

    public override DatasetNode Node => _node;

    public override bool HasPending => false;

    public override void Start(InputServices services)
    {
    }

    public override Task StopAsync(bool graceful) => Task.CompletedTask;

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
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
