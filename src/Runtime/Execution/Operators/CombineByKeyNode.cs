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
    private readonly KeyCombination<TKey, TValue, TCombined> _combination = new(create, add, merge);
    private readonly KeyTargets<TKey> _targets = new(partitioner, partitions);

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

    private IPartitioner<TKey> Targets(EvaluationScope scope) => _targets.In(scope, Parent);

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
                (_combination, route, targets),
                static (task, map) => map._combination.Combine(task, map.route, map.targets, 1).Block,
                static (task, map) => map._combination.Combine(task, map.route, map.targets, 1),
                route));
        }

        var maps = scope.Engine.Tasks.Run(
            scope,
            this,
            Parent.PartitionCount(scope),
            (_combination, route, targets, count),
            static (task, map) => map._combination.Combine(task, map.route, map.targets, map.count),
            static (task, map) => map._combination.Combine(task, map.route, map.targets, map.count),
            route);
        if (maps is [{ Targets: null } only])
        {
            return new([only.Block]);
        }

        try
        {
            return new(scope.RunTargets(
                this, count, wanted, (_combination, route, maps), static (task, merge) => merge._combination.Merge(task, merge.route, merge.maps), static (_, _) => { }));
        }
        finally
        {
            Exchange.Release(maps);
        }
    }
}
