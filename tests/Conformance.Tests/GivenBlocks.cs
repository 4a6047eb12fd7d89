using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Conformance;

/// <summary>An input that gives every batch the same blocks and allocates nothing.</summary>
internal sealed class GivenBlocks<T>(params T[][] partitions) : InputStream
{
    private readonly InputNode<T> _node = new("GivenBlocks");
    private readonly Block<T>[] _blocks = [.. partitions.Select(records => new ArrayBlock<T>(records, records.Length, pool: null))];

    public override string Name => "Given blocks";

    public override DatasetNode Node => _node;

    public override bool HasPending => false;

    public DStream<T> AddTo(StreamingContext streaming) => streaming.AddInput(this, _node);

    public override void Start(InputServices services)
    {
    }

    public override Task StopAsync(bool graceful) => Task.CompletedTask;

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        var records = 0L;
        foreach (var block in _blocks)
        {
            block.Retain();
            records += block.Count;
        }

        scope.SetInput(_node, _blocks);
        return new InputAllocation(records, _blocks.Length);
    }
}
