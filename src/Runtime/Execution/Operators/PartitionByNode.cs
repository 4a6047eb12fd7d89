using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>Brings each pair to the partition of its key, in the order of the partitions and of the records within them.</summary>
internal sealed class PartitionByNode<TKey, TValue>(
    DatasetNode<(TKey, TValue)> parent, IPartitioner<TKey> partitioner, string operatorName = "PartitionBy")
    : ExchangeNode<(TKey, TValue), (TKey, TValue)>(operatorName, parent)
{
    public override object? PartitionerOf(EvaluationScope scope) => partitioner;

    public override Materialized<(TKey, TValue)> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        Parent.Prepare(scope);
        var count = Exchange.PartitionCount(partitioner);
        if (Parent.PartitionCount(scope) == 0)
        {
            return OfNothing(count);
        }

        var maps = Exchange.Run(
            scope, this, Parent.PartitionCount(scope), MapSide(scope.Planner), count, (_, _, pair) => Exchange.PartitionOf(partitioner, count, pair.Item1));
        try
        {
            return new(scope.RunTargets(this, count, wanted, maps, static (task, maps) => Exchange.Gather(task, maps), static (_, _) => { }));
        }
        finally
        {
            Exchange.Release(maps);
        }
    }

    protected override int DeclaredPartitionCount(EvaluationScope scope) => Exchange.PartitionCount(partitioner);
}
