namespace CodegenStreaming.Execution.Operators;

/// <summary>A leaf: its blocks are given to each batch's scope from outside. A batch in which nothing was given has no partitions.</summary>
internal sealed class InputNode<T>(string operatorName) : DatasetNode<T>(operatorName, [])
{
    public override bool IsMaterialized => true;

    public override bool CanBeRecomputed => false;

    public override IEnumerable<T> Compute(TaskScope task, int partition) => ReadMaterialized(task, partition).Read();

    public override Materialized<T> Evaluate(EvaluationScope scope, int[]? wanted) => Materialized<T>.Empty;

    protected override int ComputedPartitionCount(EvaluationScope scope) => 0;
}
