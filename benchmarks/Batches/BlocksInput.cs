using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Batches;

/// <summary>Gives every batch the same blocks: none, for an empty batch, or several, as a receiver does that fills one every block interval.</summary>
internal sealed class BlocksInput<T>(params Block<T>[] blocks) : InputStream
{
    private readonly InputNode<T> _node = new("BlocksInput");

    public override string Name => "Blocks";

    public override DatasetNode Node => _node;

    public override bool HasPending => false;

    public override void Start(InputServices services)
    {
    }

    public override Task StopAsync(bool graceful) => Task.CompletedTask;

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        var records = 0L;
        foreach (var block in blocks)
        {
            block.Retain();
            records += block.Count;
        }

        scope.SetInput(_node, blocks);
        return new InputAllocation(records, blocks.Length);
    }

    public DStream<T> AddTo(StreamingContext streaming)
    {
        streaming.Graph.AddInput(this);
        return new DStream<T>(streaming, _node);
    }

    /// <summary>Cuts records into blocks of about the same length.</summary>
    public static BlocksInput<T> Of(T[] records, int blocks) => new(
        [.. Enumerable.Range(0, blocks).Select(number => records[((int)((long)records.Length * number / blocks))..((int)((long)records.Length * (number + 1) / blocks))])
            .Select(part => new ArrayBlock<T>(part, part.Length, pool: null))]);
}
