using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>The number of records.</summary>
    public long Count()
    {
        using var evaluation = Evaluate();
        return Actions.Count(evaluation.Scope, End("Count"), PlanAction(evaluation.Scope));
    }

    /// <summary>All records, in the order of the partitions.</summary>
    public T[] Collect()
    {
        using var evaluation = EvaluateToKeep();
        var blocks = Actions.Collect(evaluation.Scope, End("Collect"), PlanAction(evaluation.Scope));
        try
        {
            return Gather(blocks);
        }
        finally
        {
            foreach (var block in blocks)
            {
                block.Release();
            }
        }
    }

    /// <summary>The first records, in the order of the partitions; computes no more than it needs.</summary>
    /// <param name="count">How many at most.</param>
    public T[] Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. Take("Take", count)];
    }

    /// <summary>The first record.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T First()
    {
        var first = Take("First", 1);
        return first.Count > 0 ? first[0] : throw new InvalidOperationException("The data set is empty; use Take(1) where that is to be expected.");
    }

    /// <summary>Whether there are no records; computes no more than it needs.</summary>
    public bool IsEmpty() => Take(1).Length == 0;

    /// <summary>Folds all records into one.</summary>
    /// <param name="function">Associative and commutative. Records are folded from the left within a partition, partitions in their order.</param>
    /// <exception cref="InvalidOperationException">There are no records.</exception>
    public T Reduce(Func<T, T, T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        using var evaluation = EvaluateToKeep();
        return Actions.Reduce(evaluation.Scope, End("Reduce"), PlanAction(evaluation.Scope, function), function, out var value)
            ? value!
            : throw new InvalidOperationException("The data set is empty: there is nothing to reduce.");
    }

    /// <summary>Calls an action for each record, in tasks.</summary>
    /// <param name="action">Called from several threads at once.</param>
    public void Foreach(Action<T> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        using var evaluation = Evaluate();
        Actions.ForEach(evaluation.Scope, End("Foreach"), PlanAction(evaluation.Scope, action), action);
    }

    /// <summary>Calls an action for each partition, in tasks: the place for a connection.</summary>
    /// <param name="action">Called from several threads at once; the records are computed while they are read.</param>
    public void ForeachPartition(Action<IEnumerable<T>> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        using var evaluation = Evaluate();
        Actions.ForEachPartition(evaluation.Scope, End("ForeachPartition"), PlanAction(evaluation.Scope, action), (records, _) => action(records));
    }

    /// <summary>The records one by one on the driver, one partition in memory at a time.</summary>
    public IEnumerable<T> ToLocalIterator()
    {
        // A batch is held while a partition is computed and not between: an iterator may be left alone halfway.
        var own = _batch is null ? NewScope() : null;
        using (own)
        {
            var scope = _batch ?? own!;
            var (route, partitions) = PlanIteration(scope);
            for (var partition = 0; partition < partitions; partition++)
            {
                foreach (var record in CollectHeld(scope, route, partition))
                {
                    yield return record;
                }
            }
        }
    }

    /// <summary>The records of the partition that a partitioner decides on; null where the records are not partitioned by one for such keys.</summary>
    internal T[]? CollectPartitionOf<TKey>(string action, TKey key)
    {
        using var evaluation = EvaluateToKeep();
        var route = PlanAction(evaluation.Scope);
        return Node.PartitionerOf(evaluation.Scope) is IPartitioner<TKey> partitioner
            ? CollectPartition(evaluation.Scope, End(action), route, Exchange.PartitionOf(partitioner, partitioner.PartitionCount, key))
            : null;
    }

    private (Route<T> Route, int Partitions) PlanIteration(EvaluationScope scope)
    {
        using var evaluation = Evaluation.In(scope);
        scope.CountAction();
        scope.KeepText<T>();
        return (PlanAction(scope), Node.PartitionCount(scope));
    }

    private T[] CollectHeld(EvaluationScope scope, Route<T> route, int partition)
    {
        using var evaluation = Evaluation.In(scope);
        return CollectPartition(scope, End("ToLocalIterator"), route, partition);
    }

    private static T[] CollectPartition(EvaluationScope scope, StageEnd end, Route<T> route, int partition)
    {
        var block = Actions.CollectPartition(scope, end, route, partition);
        try
        {
            return [.. block.Read()];
        }
        finally
        {
            block.Release(); // Before the records are handed out: an iterator may be left alone halfway.
        }
    }

    private List<T> Take(string action, int count)
    {
        using var evaluation = EvaluateToKeep();
        var taken = new List<T>();
        Actions.Take(evaluation.Scope, End(action), PlanAction(evaluation.Scope), count, taken);
        return taken;
    }

    /// <summary>For an action whose result may hold text of the records.</summary>
    private Evaluation EvaluateToKeep()
    {
        var evaluation = Evaluate();
        evaluation.Scope.KeepText<T>();
        return evaluation;
    }

    private static T[] Gather(Block<T>[] blocks)
    {
        var count = 0;
        foreach (var block in blocks)
        {
            count = checked(count + block.Count);
        }

        var all = GC.AllocateUninitializedArray<T>(count);
        var next = 0;
        foreach (var block in blocks)
        {
            block.Records.CopyTo(all.AsSpan(next)); // Actions.Collect makes rows of every kind of block.
            next += block.Count;
        }

        return all;
    }

    private StageEnd End(string action) => new(action, _actionSite);
}
