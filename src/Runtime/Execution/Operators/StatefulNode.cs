using CodegenStreaming.Execution.Windows;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// An operator whose result depends on the batches before: computed once for each of its batches, in their order. Once one has failed all later ones do.
/// </summary>
internal abstract class StatefulNode<TOut> : DatasetNode<TOut>, IKeptStream
{
    private readonly BatchOrder<TOut> _order;

    protected StatefulNode(string operatorName, IReadOnlyList<DatasetNode> parents, params Delegate[] functions)
        : base(operatorName, parents, functions) => _order = new BatchOrder<TOut>(this, Close);

    BatchKeeper IKeptStream.Keeper => _order;

    public sealed override bool IsMaterialized => true;

    public sealed override bool CanBeRecomputed => false;

    public sealed override void CatchUp(EvaluationScope scope) => _order.CatchUp(scope);

    public sealed override Materialized<TOut> Evaluate(EvaluationScope scope, int[]? wanted) => _order.Advance(scope, Advance);

    public sealed override IEnumerable<TOut> Compute(TaskScope task, int partition) => ReadMaterialized(task, partition).Read();

    protected sealed override int ComputedPartitionCount(EvaluationScope scope) => scope.Materialize(this).Count;

    /// <summary>
    /// Computes the next batch and changes the state, both or neither. Called by one thread at a time, once for each batch and in their order, and never
    /// again after it has thrown.
    /// </summary>
    protected abstract Materialized<TOut> Advance(EvaluationScope scope);

    /// <summary>No further batch will come: what belongs to the pool goes back.</summary>
    protected virtual void Close()
    {
    }
}
