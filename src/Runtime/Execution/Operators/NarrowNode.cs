using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Execution.Operators;

/// <summary>An operator that makes each of its partitions from the same partition of its parent. The given function is the specification.</summary>
internal sealed class NarrowNode<TIn, TOut>(
    string operatorName, DatasetNode<TIn> parent, Func<IEnumerable<TIn>, IEnumerable<TOut>> apply, params Delegate[] functions)
    : DatasetNode<TOut>(operatorName, [parent], functions)
{
    /// <summary>True for an operator whose pairs have the keys of the pairs that it makes them of.</summary>
    public bool KeepsKeys { get; init; }

    public override object? PartitionerOf(EvaluationScope scope) => KeepsKeys ? parent.PartitionerOf(scope) : null;

    public override IEnumerable<TOut> Compute(TaskScope task, int partition) => apply(parent.Read(task, partition));

    protected override int ComputedPartitionCount(EvaluationScope scope) => parent.PartitionCount(scope);
}
