using System.Collections.Concurrent;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// Combines the values of each key: on the map side within a partition, then, behind the exchange, the partitions' combinations in partition
/// order. Keys come out in the order of their first appearance.
/// </summary>
internal sealed class CombineByKeyNode<TKey, TValue, TCombined>(
    string operatorName,
    DatasetNode<(TKey, TValue)> parent,
    Func<TValue, TCombined> create,
    Func<TCombined, TValue, TCombined> add,
    Func<TCombined, TCombined, TCombined> merge,
    IPartitioner<TKey>? partitioner,
    int? partitions,
    params Delegate[] functions)
    : ExchangeNode<(TKey, TValue), (TKey, TCombined)>(operatorName, parent, functions)
{
    /// <summary>Empty tables of earlier tasks: cleared, not rebuilt. A failed task's table does not come back.</summary>
    private readonly ConcurrentBag<CombineOutput<TKey, TValue, TCombined>> _tables = [];

    public override object? PartitionerOf(EvaluationScope scope) => Targets(scope);

    public override Materialized<(TKey, TCombined)> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        Parent.Prepare(scope);
        var targets = Targets(scope);
        var count = Exchange.PartitionCount(targets);
        return Parent.PartitionCount(scope) == 0 ? OfNothing(count) : Evaluate(scope, targets, count, wanted);
    }

    public override bool ExchangesParent(EvaluationScope scope, int index) => !Targets(scope).Equals(Parent.PartitionerOf(scope));

    protected override int DeclaredPartitionCount(EvaluationScope scope) => Exchange.PartitionCount(Targets(scope));

    private IPartitioner<TKey> Targets(EvaluationScope scope) => partitioner ??= new HashPartitioner<TKey>(partitions ?? scope.Engine.DefaultParallelism);

    private Materialized<(TKey, TCombined)> Evaluate(EvaluationScope scope, IPartitioner<TKey> targets, int count, int[]? wanted)
    {
        var route = MapSide(scope.Planner);
        if (targets.Equals(Parent.PartitionerOf(scope)))
        {
            // Equal keys are together already: what a task combines is the result.
            return new(scope.RunTargets(
                this,
                count,
                wanted,
                (Node: this, route, targets),
                static (task, map) => map.Node.Combine(task, map.route, map.targets, 1).Block,
                static (task, map) => map.Node.Combine(task, map.route, map.targets, 1)));
        }

        var maps = scope.Engine.Tasks.Run(
            scope,
            this,
            Parent.PartitionCount(scope),
            (Node: this, route, targets, count),
            static (task, map) => map.Node.Combine(task, map.route, map.targets, map.count),
            static (task, map) => map.Node.Combine(task, map.route, map.targets, map.count));
        if (maps is [{ Targets: null } only])
        {
            return new([only.Block]);
        }

        try
        {
            return new(scope.RunTargets(
                this, count, wanted, (Node: this, route, maps), static (task, merge) => merge.Node.Merge(task, merge.route, merge.maps), static (_, _) => { }));
        }
        finally
        {
            Exchange.Release(maps);
        }
    }

    private MapResult<(TKey, TCombined)> Combine(TaskScope task, Route<(TKey, TValue)> route, IPartitioner<TKey> partitioner, int partitionCount)
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
        var entries = TakeEntries(task, table);
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

    private Block<(TKey, TCombined)> Merge(TaskScope task, Route<(TKey, TValue)> route, MapResult<(TKey, TCombined)>[] maps)
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

        return TakeEntries(task, table);
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
        if (!_tables.TryTake(out var table))
        {
            table = (CombineOutput<TKey, TValue, TCombined>?)route.CreateOutput(task) ?? new DelegateCombineOutput<TKey, TValue, TCombined>(create, add, merge);
        }

        table.Begin(task.Scope.Pool);
        task.Own(table);
        return table;
    }

    /// <summary>Takes a table's entries as a block and lays the table by for the next task.</summary>
    private ArrayBlock<(TKey, TCombined)> TakeEntries(TaskScope task, CombineOutput<TKey, TValue, TCombined> table)
    {
        var entries = table.ToBlock();
        task.Disown(table);
        task.Own(entries);
        _tables.Add(table);
        return entries;
    }
}
