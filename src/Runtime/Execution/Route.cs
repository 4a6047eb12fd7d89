using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Execution;

/// <summary>A route, whatever its record type: what the plan looks at.</summary>
internal abstract class Route
{
    /// <summary>What stands before the loop's first operator; null where no loop is bound.</summary>
    public abstract DatasetNode? LoopSource { get; }

    /// <summary>The last operator before the output.</summary>
    public abstract DatasetNode Last { get; }

    /// <summary>True when the route ends with the operator after <see cref="Last"/>.</summary>
    public abstract bool EndsChain { get; }
}

/// <summary>How the records of a node, or of the operator that ends a chain, come about: by a generated loop over a run of operators, or unfused.</summary>
/// <param name="node">The last operator before the output.</param>
/// <param name="loop">The loop that was bound, or null.</param>
/// <param name="source">What stands before the loop's first operator.</param>
/// <param name="endsChain">True when the loop holds the operator after <paramref name="node"/> too: a wide operator's map side, an action, an output.</param>
internal sealed class Route<T>(DatasetNode<T> node, FusedLoop<T>? loop, DatasetNode? source, bool endsChain) : Route
{
    public override DatasetNode? LoopSource => source;

    public override DatasetNode Last => node;

    public override bool EndsChain => endsChain;

    public DatasetNode<T> Node => node;

    /// <summary>The loop's own output for the operator that ends the chain, or null where the runtime makes it.</summary>
    public RecordOutput<T>? CreateOutput(TaskScope task) => endsChain && !task.IsUnfused ? loop?.CreateOutput() : null;

    public void Push(TaskScope task, int partition, RecordOutput<T> output)
    {
        if (loop is not null && !task.IsUnfused)
        {
            loop.RunFrom(source!.Open(task, partition), output, task.Cancellation);
        }
        else if (endsChain)
        {
            node.Push(task, partition, output);
        }
        else
        {
            DatasetNode<T>.WriteAll(node.ReadUnfused(task, partition), output, task.Cancellation);
        }
    }

    /// <summary>Computes a partition unfused and drops it: how a failed task's operator is found.</summary>
    public void ReadThrough(TaskScope task)
    {
        foreach (var _ in node.ReadUnfused(task, task.Partition))
        {
        }
    }

    public IEnumerable<T> Read(TaskScope task, int partition)
    {
        if (loop is not null && !task.IsUnfused)
        {
            return loop.PullFrom(source!.Open(task, partition), task.Cancellation);
        }

        return endsChain ? node.Read(task, partition) : node.ReadUnfused(task, partition);
    }
}
