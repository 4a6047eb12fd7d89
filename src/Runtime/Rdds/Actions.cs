using CodegenStreaming.Execution;
using CodegenStreaming.Memory;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>The number of records.</summary>
    public long Count() => Actions.Count(Scope, End("Count"), PlanAction());

    /// <summary>All records, in the order of the partitions.</summary>
    public T[] Collect()
    {
        Scope.KeepText<T>();
        var blocks = Actions.Collect(Scope, End("Collect"), PlanAction());
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
        Scope.KeepText<T>();
        var taken = new List<T>();
        Actions.Take(Scope, End("Take"), PlanAction(), count, taken);
        return [.. taken];
    }

    /// <summary>The first record.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T First()
    {
        Scope.KeepText<T>();
        var first = new List<T>(1);
        Actions.Take(Scope, End("First"), PlanAction(), 1, first);
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
        Scope.KeepText<T>();
        return Actions.Reduce(Scope, End("Reduce"), PlanAction(function), function, out var value)
            ? value!
            : throw new InvalidOperationException("The data set is empty: there is nothing to reduce.");
    }

    /// <summary>Calls an action for each record, in tasks.</summary>
    /// <param name="action">Called from several threads at once.</param>
    public void Foreach(Action<T> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Actions.ForEach(Scope, End("Foreach"), PlanAction(action), action);
    }

    /// <summary>Calls an action for each partition, in tasks: the place for a connection.</summary>
    /// <param name="action">Called from several threads at once; the records are computed while they are read.</param>
    public void ForeachPartition(Action<IEnumerable<T>> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Actions.ForEachPartition(Scope, End("ForeachPartition"), PlanAction(action), action);
    }

    /// <summary>The records one by one on the driver, one partition in memory at a time.</summary>
    public IEnumerable<T> ToLocalIterator()
    {
        Scope.KeepText<T>();
        var route = PlanAction();
        var partitions = Node.PartitionCount(Scope);
        for (var partition = 0; partition < partitions; partition++)
        {
            foreach (var record in CollectPartition(End("ToLocalIterator"), route, partition))
            {
                yield return record;
            }
        }
    }

    /// <summary>The records of one partition.</summary>
    internal T[] CollectPartition(string action, int partition)
    {
        Scope.KeepText<T>();
        return CollectPartition(End(action), PlanAction(), partition);
    }

    private T[] CollectPartition(StageEnd end, Route<T> route, int partition)
    {
        var block = Actions.CollectPartition(Scope, end, route, partition);
        try
        {
            return [.. block.Read()];
        }
        finally
        {
            block.Release(); // Before the records are handed out: an iterator may be left alone halfway.
        }
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
