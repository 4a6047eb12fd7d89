using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>Gathers the values of each key, in the order of the partitions and of the records within them.</summary>
internal sealed class GroupByKeyNode<TKey, TValue>(
    DatasetNode<(TKey, TValue)> parent, IPartitioner<TKey>? partitioner, int? partitions, string operatorName = "GroupByKey")
    : ExchangeNode<(TKey, TValue), (TKey, IReadOnlyList<TValue>)>(operatorName, parent)
{
    private readonly KeyTargets<TKey> _targets = new(partitioner, partitions);

    public override object? PartitionerOf(EvaluationScope scope) => Targets(scope);

    public override Materialized<(TKey, IReadOnlyList<TValue>)> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        Parent.Prepare(scope);
        var targets = Targets(scope);
        var count = Exchange.PartitionCount(targets);
        return Parent.PartitionCount(scope) == 0 ? OfNothing(count) : Evaluate(scope, targets, count, wanted);
    }

    public override bool ExchangesParent(EvaluationScope scope, int index) => !Exchange.IsInPlace(scope, Parent, Parent.PlannedPartitionCount(scope), Targets(scope));

    protected override int DeclaredPartitionCount(EvaluationScope scope) => Exchange.PartitionCount(Targets(scope));

    private IPartitioner<TKey> Targets(EvaluationScope scope) => _targets.In(scope, Parent);

    private Materialized<(TKey, IReadOnlyList<TValue>)> Evaluate(EvaluationScope scope, IPartitioner<TKey> targets, int count, int[]? wanted)
    {
        var route = MapSide(scope.Planner);
        if (Exchange.IsInPlace(scope, Parent, Parent.PartitionCount(scope), targets))
        {
            return new(scope.RunTargets(
                this, count, wanted, route, static (task, route) => GroupOwn(task, route), static (task, route) => route.ReadThrough(task), route));
        }

        var maps = Exchange.Run(
            scope, this, Parent.PartitionCount(scope), route, count, (_, _, pair) => Exchange.PartitionOf(targets, count, pair.Item1));
        try
        {
            return new(scope.RunTargets(
                this, count, wanted, maps, static (task, maps) => Group(task, Exchange.ReadPartition(maps, task.Partition)), static (_, _) => { }));
        }
        finally
        {
            Exchange.Release(maps);
        }
    }

    private static Block<(TKey, IReadOnlyList<TValue>)> GroupOwn(TaskScope task, Route<(TKey, TValue)> route)
    {
        var output = task.NewBlock<(TKey, TValue)>();
        route.Push(task, task.Partition, output);
        var pairs = task.Take(output);
        try
        {
            return Group(task, pairs.Read());
        }
        finally
        {
            pairs.Release();
        }
    }

    private static Block<(TKey, IReadOnlyList<TValue>)> Group(TaskScope task, IEnumerable<(TKey, TValue)> pairs)
    {
        var rows = new KeyedRows<TKey, TValue>(task, 0);
        foreach (var pair in pairs)
        {
            rows.Write(pair);
        }

        rows.Complete();
        var groups = new (TKey, IReadOnlyList<TValue>)[rows.KeyCount];
        for (var key = 0; key < groups.Length; key++)
        {
            groups[key] = (rows.Keys[key], rows.ValuesOf(key));
        }

        rows.Release(task);
        return new ArrayBlock<(TKey, IReadOnlyList<TValue>)>(groups, groups.Length, pool: null);
    }
}
