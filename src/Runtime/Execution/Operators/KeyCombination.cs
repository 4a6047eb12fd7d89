using System.Collections.Concurrent;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution.Storage;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// The tasks on both sides of an exchange that combines by key, and the tables that they take from one another. A table that grows over its bound goes to
/// a file, as often as need be. Thread-safe.
/// </summary>
internal sealed class KeyCombination<TKey, TValue, TCombined>(
    DatasetNode node, Func<TValue, TCombined> create, Func<TCombined, TValue, TCombined> add, Func<TCombined, TCombined, TCombined> merge)
{
    /// <summary>
    /// Empty tables of earlier tasks: cleared, not rebuilt. A failed task's table does not come back. These are those without generated code; the others
    /// are laid by with the loop, which outlives this operator where it is made in a batch.
    /// </summary>
    private readonly ConcurrentBag<CombineOutput<TKey, TValue, TCombined>> _tables = [];

    /// <summary>Those that merge whole batches and more: other tables, larger by far, than those of records.</summary>
    private readonly ConcurrentBag<CombineOutput<TKey, TValue, TCombined>> _merging = [];

    private readonly SpillEncoding<TKey, TCombined> _encoding = new(node);

    /// <summary>A map task: the pairs of a partition, combined, and the target of each key.</summary>
    public MapResult<(TKey, TCombined)> Combine(TaskScope task, Route<(TKey, TValue)> route, IPartitioner<TKey> partitioner, int partitionCount)
    {
        var (entries, spilled, held) = CombineAll(task, route, partitioner, partitionCount, isHeld: true);
        if (partitionCount == 1 || spilled is not null)
        {
            return new(entries, null) { Spilled = spilled, Held = held };
        }

        var targets = task.NewBlock<int>(entries.Count);
        var room = targets.Room;
        var records = entries.Records;
        for (var index = 0; index < room.Length; index++)
        {
            room[index] = Exchange.PartitionOf(partitioner, partitionCount, records[index].Item1);
        }

        return new(entries, targets) { Held = held };
    }

    /// <summary>A task whose partition has all records of its keys: what it combines is the result.</summary>
    public ArrayBlock<(TKey, TCombined)> CombineWhole(TaskScope task, Route<(TKey, TValue)> route, IPartitioner<TKey> partitioner)
    {
        var (entries, spilled, _) = CombineAll(task, route, partitioner, 1, isHeld: false);
        if (spilled is null)
        {
            return entries;
        }

        var result = MergeSpilled(task, route, [new(entries, null) { Spilled = spilled }], 0);
        entries.Release();
        spilled.Release();
        return result;
    }

    /// <summary>A task behind the exchange: the combinations of all map tasks for one target, in the order of the map partitions.</summary>
    public ArrayBlock<(TKey, TCombined)> Merge(TaskScope task, Route<(TKey, TValue)> route, MapResult<(TKey, TCombined)>[] maps)
    {
        if (maps is [{ Targets: { } only }])
        {
            return Select(task, maps[0].Block.Records, only.Records);
        }

        if (Array.Exists(maps, static map => map.Spilled is not null))
        {
            return MergeSpilled(task, route, maps, task.Partition);
        }

        var table = TakeTable(task, route);
        foreach (var (block, targets) in maps)
        {
            table.Merge(block.Records, targets is null ? default : targets.Records, task.Partition);
        }

        return TakeEntries(task, route, table);
    }

    /// <summary>Combinations of the same partition that follow one another, as one block. Each of them has a key once.</summary>
    public ArrayBlock<(TKey, TCombined)> MergeAll(TaskScope task, Route<(TKey, TValue)> route, IReadOnlyList<Block<(TKey, TCombined)>> blocks)
    {
        var table = _merging.TryTake(out var merging) ? Begin(task, merging) : TakeTable(task, route);
        var (all, most) = (blocks.Sum(static block => (long)block.Count), blocks.Max(static block => block.Count));
        table.Reserve((int)Math.Min(Math.Min(all, most + (most / 2L)), Array.MaxLength));
        table.Load(blocks[0].Records);
        foreach (var block in blocks.Skip(1))
        {
            task.Cancellation.ThrowIfCancellationRequested();
            table.Merge(block.Records, default, 0);
        }

        var entries = TakeEntries(task, table);
        _merging.Add(table);
        return entries;
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

    /// <summary>Combines the task's pairs; where they were too many, or too much waits for the exchange already, all of them lie in files.</summary>
    private (ArrayBlock<(TKey, TCombined)> Entries, SpilledRecords<(TKey, TCombined)>? Spilled, HeldMemory? Held) CombineAll(
        TaskScope task, Route<(TKey, TValue)> route, IPartitioner<TKey> partitioner, int partitionCount, bool isHeld)
    {
        var table = TakeTable(task, route);
        var spill = (EntrySpill<TKey, TCombined>)(table.Spill ??= new EntrySpill<TKey, TCombined>());
        spill.Begin(task, node, _encoding, partitioner, partitionCount);
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
        HeldMemory? held = null;
        if (spill.Spilled is not null || (isHeld && !spill.TryHold(table.Entries, out held)))
        {
            table.SpillEntries();
        }

        var spilled = spill.Spilled;
        spill.End();
        return (TakeEntries(task, route, table), spilled, held);
    }

    /// <summary>Merges what tasks have combined where some of it lies in files, a slice of the keys at a time.</summary>
    private ArrayBlock<(TKey, TCombined)> MergeSpilled(TaskScope task, Route<(TKey, TValue)> route, MapResult<(TKey, TCombined)>[] maps, int target)
    {
        using var merge = new SpilledMerge<TKey, TCombined>(maps, target, task.Scope.Engine.Aggregations, task.Scope.Pool);
        if (merge.Slices == 1)
        {
            return MergeSlice(task, route, merge, 0);
        }

        var result = task.NewBlock<(TKey, TCombined)>();
        for (var slice = 0; slice < merge.Slices; slice++)
        {
            var entries = MergeSlice(task, route, merge, slice);
            entries.Records.CopyTo(result.Reserve(entries.Count));
            result.Count += entries.Count;
            task.Disown(entries);
            entries.Release();
        }

        return task.Take(result);
    }

    private ArrayBlock<(TKey, TCombined)> MergeSlice(TaskScope task, Route<(TKey, TValue)> route, SpilledMerge<TKey, TCombined> merge, int slice)
    {
        var table = TakeTable(task, route);
        merge.MergeInto(table, slice, task.Cancellation);
        return TakeEntries(task, route, table);
    }

    private CombineOutput<TKey, TValue, TCombined> TakeTable(TaskScope task, Route<(TKey, TValue)> route)
    {
        var table = (CombineOutput<TKey, TValue, TCombined>?)route.TakeOutput(task);
        if (table is null && !_tables.TryTake(out table))
        {
            table = new DelegateCombineOutput<TKey, TValue, TCombined>(create, add, merge);
        }

        return Begin(task, table);
    }

    private static CombineOutput<TKey, TValue, TCombined> Begin(TaskScope task, CombineOutput<TKey, TValue, TCombined> table)
    {
        table.Begin(task.Scope.Pool);
        task.Own(table);
        return table;
    }

    /// <summary>Takes a table's entries as a block and lays the table by for the next task.</summary>
    private ArrayBlock<(TKey, TCombined)> TakeEntries(TaskScope task, Route<(TKey, TValue)> route, CombineOutput<TKey, TValue, TCombined> table)
    {
        var entries = TakeEntries(task, table);
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

    private static ArrayBlock<(TKey, TCombined)> TakeEntries(TaskScope task, CombineOutput<TKey, TValue, TCombined> table)
    {
        var entries = table.ToBlock();
        task.Disown(table);
        task.Own(entries);
        return entries;
    }
}
