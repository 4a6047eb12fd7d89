namespace CodegenStreaming.Execution.Operators;

/// <summary>An operator behind an exchange: its result is computed once per scope and kept in blocks.</summary>
/// <typeparam name="TIn">The records of the map side.</typeparam>
/// <typeparam name="TOut">The records of the result.</typeparam>
internal abstract class ExchangeNode<TIn, TOut>(string operatorName, DatasetNode<TIn> parent, params Delegate[] functions)
    : DatasetNode<TOut>(operatorName, [parent], functions)
{
    private Route<TIn>? _mapSide;
    private Materialized<TOut>? _ofNothing;

    protected DatasetNode<TIn> Parent { get; } = parent;

    public sealed override bool IsMaterialized => true;

    public sealed override void Plan(Planner planner) => planner.PlanBefore(MapSide(planner));

    public sealed override IEnumerable<TOut> Compute(TaskScope task, int partition) => ReadMaterialized(task, partition).Read();

    public abstract override Materialized<TOut> Evaluate(EvaluationScope scope, int[]? wanted);

    public override bool ExchangesParent(EvaluationScope scope, int index) => true;

    /// <summary>How many partitions the exchange makes.</summary>
    protected abstract override int DeclaredPartitionCount(EvaluationScope scope);

    /// <summary>The chain that ends with this operator, which begins anew behind the part of an operator that is kept.</summary>
    protected Route<TIn> MapSide(Planner planner) => _mapSide ??= planner.PlanEnd(
        Parent, Parent is { IsImplied: true, IsKept: true } ? null : Called.Site, Called.Pipeline, this, Functions);

    /// <summary>The result where there is no map partition: the same for every such batch, so no task runs for it.</summary>
    protected Materialized<TOut> OfNothing(int partitions, params TOut[] records) =>
        _ofNothing is { } known && known.Count == partitions ? known : _ofNothing = Materialized<TOut>.Permanent(partitions, records);

    protected sealed override int ComputedPartitionCount(EvaluationScope scope) => scope.Materialize(this).Count;
}
