namespace CodegenStreaming.Execution.Operators;

/// <summary>Deals the records out to a number of partitions: round robin within each partition of the parent, each of which begins at its own number.</summary>
internal sealed class RepartitionNode<T>(DatasetNode<T> parent, int partitions) : ExchangeNode<T, T>("Repartition", parent)
{
    public override Materialized<T> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        Parent.Prepare(scope);
        return Parent.PartitionCount(scope) == 0 ? OfNothing(partitions) : Deal(scope, wanted);
    }

    protected override int DeclaredPartitionCount(EvaluationScope scope) => partitions;

    private Materialized<T> Deal(EvaluationScope scope, int[]? wanted)
    {
        var route = MapSide(scope.Planner);
        var maps = Exchange.Run(scope, this, Parent.PartitionCount(scope), route, partitions, (map, index, _) => (int)(((uint)map + (uint)index) % (uint)partitions));
        try
        {
            return new(scope.RunTargets(this, partitions, wanted, maps, static (task, maps) => Exchange.Gather(task, maps), static (_, _) => { }));
        }
        finally
        {
            Exchange.Release(maps);
        }
    }
}
