namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// An operator with a state that outlives its batches. It advances once for each batch time, whatever the number of its readers, and keeps the result in
/// blocks; what is lost of it cannot be computed again.
/// </summary>
internal abstract class StatefulNode<TOut>(string operatorName, IReadOnlyList<DatasetNode> parents, params Delegate[] functions)
    : DatasetNode<TOut>(operatorName, parents, functions)
{
    private readonly Lock _advancing = new();

    public sealed override bool IsMaterialized => true;

    public sealed override bool CanBeRecomputed => false;

    public sealed override IEnumerable<TOut> Compute(TaskScope task, int partition) => ReadMaterialized(task, partition).Read();

    public sealed override Materialized<TOut> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        lock (_advancing)
        {
            return Advance(scope);
        }
    }

    /// <summary>Takes the state from the batch before to the scope's. It does so wholly or, where it throws, not at all.</summary>
    protected abstract Materialized<TOut> Advance(EvaluationScope scope);

    protected sealed override int ComputedPartitionCount(EvaluationScope scope) => scope.Materialize(this).Count;
}
