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
    private KeyCombination<TKey, TValue, TCombined>? _combination;
    private readonly KeyTargets<TKey> _targets = new(partitioner, partitions);

    public override object? PartitionerOf(EvaluationScope scope) => Targets(scope);

    public override Materialized<(TKey, TCombined)> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        Parent.Prepare(scope);
        var targets = Targets(scope);
        var count = Exchange.PartitionCount(targets);
        return Parent.PartitionCount(scope) == 0 ? OfNothing(count) : Evaluate(scope, targets, count, wanted);
    }

    /// <summary>Combines, in a task, combinations of the same partition that follow one another.</summary>
    public ArrayBlock<(TKey, TCombined)> MergeAll(TaskScope task, IReadOnlyList<Block<(TKey, TCombined)>> blocks) =>
        Combination.MergeAll(task, MapSide(task.Scope.Planner), blocks);

    /// <summary>Gives what the loop before it has compiled beside the combination: how a window over it slides. Does nothing where there is nothing.</summary>
    public void GiveFunction(Planner planner, FunctionTaker taker) => MapSide(planner).GiveFunction(taker);

    public override bool ExchangesParent(EvaluationScope scope, int index) => !Exchange.IsInPlace(scope, Parent, Parent.PlannedPartitionCount(scope), Targets(scope));

    protected override int DeclaredPartitionCount(EvaluationScope scope) => Exchange.PartitionCount(Targets(scope));

    private KeyCombination<TKey, TValue, TCombined> Combination => _combination ??= new(this, create, add, merge);

    private IPartitioner<TKey> Targets(EvaluationScope scope) => _targets.In(scope, Parent);

    private Materialized<(TKey, TCombined)> Evaluate(EvaluationScope scope, IPartitioner<TKey> targets, int count, int[]? wanted)
    {
        var route = MapSide(scope.Planner);
        if (Exchange.IsInPlace(scope, Parent, Parent.PartitionCount(scope), targets))
        {
            // What a task combines is the result.
            return new(scope.RunTargets(
                this,
                count,
                wanted,
                (Combination, route, targets),
                static (task, map) => map.Combination.CombineWhole(task, map.route, map.targets),
                static (task, map) => map.Combination.CombineWhole(task, map.route, map.targets),
                route));
        }

        var maps = scope.Engine.Tasks.Run(
            scope,
            this,
            Parent.PartitionCount(scope),
            (Combination, route, targets, count),
            static (task, map) => map.Combination.Combine(task, map.route, map.targets, map.count),
            static (task, map) => map.Combination.Combine(task, map.route, map.targets, map.count),
            route);
        try
        {
            return new(scope.RunTargets(
                this, count, wanted, (Combination, route, maps), static (task, merge) => merge.Combination.Merge(task, merge.route, merge.maps), static (_, _) => { }));
        }
        finally
        {
            Exchange.Release(maps);
        }
    }
}
