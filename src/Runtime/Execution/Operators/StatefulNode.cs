using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Execution.Windows;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// An operator whose result depends on the batches before: computed once for each of its batches, in their order. Once one has failed all later ones do.
/// </summary>
internal abstract class StatefulNode<TOut> : DatasetNode<TOut>, IKeptStream, ISavedStream
{
    private readonly BatchOrder<TOut> _order;

    protected StatefulNode(string operatorName, IReadOnlyList<DatasetNode> parents, params Delegate[] functions)
        : base(operatorName, parents, functions) => _order = new BatchOrder<TOut>(this, Close);

    BatchKeeper IKeptStream.Keeper => _order;

    DatasetNode ISavedStream.Node => Called;

    public sealed override bool IsMaterialized => true;

    public sealed override bool CanBeRecomputed => false;

    public sealed override bool IsStateful => true;

    public sealed override void CatchUp(EvaluationScope scope) => _order.CatchUp(scope);

    public sealed override Materialized<TOut> Evaluate(EvaluationScope scope, int[]? wanted) => _order.Advance(scope, Advance);

    public sealed override IEnumerable<TOut> Compute(TaskScope task, int partition) => ReadMaterialized(task, partition).Read();

    protected sealed override int ComputedPartitionCount(EvaluationScope scope) => scope.Materialize(this).Count;

    /// <summary>
    /// Computes the next batch and changes the state, both or neither. Called by one thread at a time, once for each batch and in their order, and never
    /// again after it has thrown.
    /// </summary>
    protected abstract Materialized<TOut> Advance(EvaluationScope scope);

    public abstract string Kind { get; }

    public abstract IReadOnlyList<(string Name, RecordSchema Schema)> Schemas { get; }

    public abstract void PrepareSaving(CodecRegistry codecs, BlockPool pool);

    public abstract void Restore(RestoredStream saved);

    public virtual ISavedStream? Needed => null;

    public virtual int DefaultInterval(TimeSpan batchInterval) => ISavedStream.LeastOfTenSeconds(batchInterval, Slide);

    /// <summary>Captures the state between two batches.</summary>
    public abstract CapturedStream Capture();

    /// <summary>No further batch will come: what belongs to the pool goes back.</summary>
    protected virtual void Close()
    {
    }
}
