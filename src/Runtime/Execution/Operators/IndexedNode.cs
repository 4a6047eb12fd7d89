namespace CodegenStreaming.Execution.Operators;

/// <summary>A function of each partition and its number.</summary>
internal sealed class IndexedNode<TIn, TOut>(DatasetNode<TIn> parent, Func<int, IEnumerable<TIn>, IEnumerable<TOut>> function)
    : DatasetNode<TOut>("MapPartitionsWithIndex", [parent], function)
{
    public override IEnumerable<TOut> Compute(TaskScope task, int partition) => function(partition, parent.Read(task, partition));

    protected override int ComputedPartitionCount(EvaluationScope scope) => parent.PartitionCount(scope);
}
