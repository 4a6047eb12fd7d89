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
    /// <summary>The loop, where there is something to run in it.</summary>
    private readonly FusedLoop<T>? _loop = loop is { HoldsFunctionOnly: true } ? null : loop;

    public override DatasetNode? LoopSource => source;

    public override DatasetNode Last => node;

    public override bool EndsChain => endsChain;

    public DatasetNode<T> Node => node;

    /// <summary>True when there is nothing to compute: the records lie in memory as they are.</summary>
    public bool IsInMemory => _loop is null && node.IsMaterialized;

    /// <summary>
    /// True when a partition is known to yield nothing, and to call no function, without a task: what the loop reads lies in memory and is empty.
    /// </summary>
    public bool HasNoRecords(EvaluationScope scope, int partition) =>
        _loop is not null ? _loop.IsByRecord && source!.HasNoRecords(scope, partition) : endsChain && node.HasNoRecords(scope, partition);

    /// <summary>The same for all partitions.</summary>
    public bool HasNoRecords(EvaluationScope scope)
    {
        var partitions = node.PartitionCount(scope);
        for (var partition = 0; partition < partitions; partition++)
        {
            if (!HasNoRecords(scope, partition))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The loop's own output for the operator that ends the chain, or null where the runtime makes it.</summary>
    public RecordOutput<T>? CreateOutput(TaskScope task) => endsChain && !task.IsUnfused ? _loop?.CreateOutput() : null;

    /// <summary>The same, which may be an earlier task's.</summary>
    public RecordOutput<T>? TakeOutput(TaskScope task) => endsChain && !task.IsUnfused ? _loop?.TakeOutput() : null;

    /// <summary>Gives such an output back, emptied.</summary>
    public void LayBy(RecordOutput<T> output) => _loop!.LayBy(output);

    /// <summary>Gives the function of the operator that ends the chain, where it was compiled into the loop.</summary>
    public void GiveFunction(FunctionTaker taker) => loop?.GiveFunction(taker);

    public void Push(TaskScope task, int partition, RecordOutput<T> output)
    {
        if (_loop is not null && !task.IsUnfused)
        {
            var input = source!.Open(task, partition);
            _loop.RunFrom(input, output, task.Cancellation);
            task.LayBy(input);
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
        task.MarkEnumerated();
        if (_loop is not null && !task.IsUnfused)
        {
            return _loop.PullFrom(source!.Open(task, partition), task.Cancellation);
        }

        return endsChain ? node.Read(task, partition) : node.ReadUnfused(task, partition);
    }
}
