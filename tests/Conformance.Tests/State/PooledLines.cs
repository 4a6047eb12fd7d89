using System.Text;
using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Conformance.State;

/// <summary>Lines of text in the engine's own memory, which goes back to the pool with their batch: a slice that outlives it throws.</summary>
internal sealed class PooledLines : InputStream
{
    private readonly List<string[]> _groups = [];
    private readonly InputNode<Utf8Slice> _node = new("PooledLines");

    public override string Name => "Pooled lines";

    public override DatasetNode Node => _node;

    public override bool HasPending => _groups.Count > 0;

    public DStream<Utf8Slice> AddTo(StreamingContext streaming) => streaming.AddInput(this, _node);

    /// <summary>Gives the next batch a partition. Between batches only.</summary>
    public void Give(params string[] lines) => _groups.Add(lines);

    public override void Start(InputServices services)
    {
    }

    public override Task StopAsync(bool graceful) => Task.CompletedTask;

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        scope.SetInput<Utf8Slice>(_node, [.. _groups.Select(lines => Block(lines, scope.Pool))]);
        var allocation = new InputAllocation(_groups.Sum(lines => lines.Length), _groups.Count);
        _groups.Clear();
        return allocation;
    }

    private static Utf8TextBlock Block(string[] lines, BlockPool pool)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        var bytes = pool.Rent<byte>(text.Length + Utf8TextBlock.Padding);
        text.CopyTo(bytes, 0);
        var ends = pool.Rent<int>(lines.Length);
        var count = 0;
        for (var position = 0; position < text.Length; position++)
        {
            if (text[position] == Utf8TextBlock.LineEnd)
            {
                ends[count++] = position;
            }
        }

        return new Utf8TextBlock(bytes, text.Length, ends, count, pool);
    }
}
