using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Execution.Operators;

/// <summary>An operator that makes each of its partitions from the same partition of its parent. The given function is the specification.</summary>
internal sealed class NarrowNode<TIn, TOut>(
    string operatorName, DatasetNode<TIn> parent, Func<IEnumerable<TIn>, IEnumerable<TOut>> apply, params Delegate[] functions)
    : DatasetNode<TOut>(operatorName, [parent], functions)
{
    public override IEnumerable<TOut> Compute(TaskScope task, int partition) => apply(parent.Read(task, partition));

    protected override int ComputedPartitionCount(EvaluationScope scope) => parent.PartitionCount(scope);
}
