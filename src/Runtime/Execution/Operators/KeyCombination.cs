using System.Collections.Concurrent;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>The tasks on both sides of an exchange that combines by key, and the tables that they take from one another. Thread-safe.</summary>
internal sealed class KeyCombination<TKey, TValue, TCombined>(
    Func<TValue, TCombined> create, Func<TCombined, TValue, TCombined> add, Func<TCombined, TCombined, TCombined> merge)
{
    /// <summary>
    /// Empty tables of earlier tasks: cleared, not rebuilt. A failed task's table does not come back. These are those without generated code; the others
    /// are laid by with the loop, which outlives this operator where it is made in a batch.
    /// </summary>
    private readonly ConcurrentBag<CombineOutput<TKey, TValue, TCombined>> _tables = [];

    /// <summary>A map task: the pairs of a partition, combined, and the target of each key.</summary>
    public MapResult<(TKey, TCombined)> Combine(TaskScope task, Route<(TKey, TValue)> route, IPartitioner<TKey> partitioner, int partitionCount)
    {
        var table = TakeTable(task, route);
        try
        {
            route.Push(task, task.Partition, table);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What the table has staged came before the record that failed: if combining it fails, then that was first.
            table.Complete();
            throw;
        }

        table.Complete();
        var entries = TakeEntries(task, route, table);
        if (partitionCount == 1)
        {
            return new(entries, null);
        }

        var targets = task.NewBlock<int>(entries.Count);
        var room = targets.Room;
        var records = entries.Records;
        for (var index = 0; index < room.Length; index++)
        {
            room[index] = Exchange.PartitionOf(partitioner, partitionCount, records[index].Item1);
        }

        return new(entries, targets);
    }

    /// <summary>A task behind the exchange: the combinations of all map tasks for one target, in the order of the map partitions.</summary>
    public ArrayBlock<(TKey, TCombined)> Merge(TaskScope task, Route<(TKey, TValue)> route, MapResult<(TKey, TCombined)>[] maps)
    {
        if (maps is [{ Targets: { } only }])
        {
            return Select(task, maps[0].Block.Records, only.Records);
        }

        var table = TakeTable(task, route);
        foreach (var (block, targets) in maps)
        {
            table.Merge(block.Records, targets is null ? default : targets.Records, task.Partition);
        }

        return TakeEntries(task, route, table);
    }

    /// <summary>The share of a single map task: each of its keys is there once, so nothing is left to be merged.</summary>
    private static ArrayBlock<(TKey, TCombined)> Select(TaskScope task, ReadOnlySpan<(TKey, TCombined)> entries, ReadOnlySpan<int> partitionOf)
    {
        var selected = task.NewBlock<(TKey, TCombined)>(partitionOf.Count(task.Partition));
        var room = selected.Room;
        var next = 0;
        for (var index = 0; index < entries.Length; index++)
        {
            if (partitionOf[index] == task.Partition)
            {
                room[next++] = entries[index];
            }
        }

        return selected;
    }

    private CombineOutput<TKey, TValue, TCombined> TakeTable(TaskScope task, Route<(TKey, TValue)> route)
    {
        var table = (CombineOutput<TKey, TValue, TCombined>?)route.TakeOutput(task);
        if (table is null && !_tables.TryTake(out table))
        {
            table = new DelegateCombineOutput<TKey, TValue, TCombined>(create, add, merge);
        }

        table.Begin(task.Scope.Pool);
        task.Own(table);
        return table;
    }

    /// <summary>Takes a table's entries as a block and lays the table by for the next task.</summary>
    private ArrayBlock<(TKey, TCombined)> TakeEntries(TaskScope task, Route<(TKey, TValue)> route, CombineOutput<TKey, TValue, TCombined> table)
    {
        var entries = table.ToBlock();
        task.Disown(table);
        task.Own(entries);
        if (table is DelegateCombineOutput<TKey, TValue, TCombined>)
        {
            _tables.Add(table);
        }
        else
        {
            route.LayBy(table);
        }

        return entries;
    }
}
