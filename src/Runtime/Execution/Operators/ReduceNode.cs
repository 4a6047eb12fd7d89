using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// Folds all records into one, from the left within each partition and then over the partitions in their order. Nothing for no records.
/// </summary>
internal sealed class ReduceNode<T>(DatasetNode<T> parent, Func<T, T, T> function) : ExchangeNode<T>("Reduce", parent, function)
{
    private Route<T>? _mapSide;

    public override Materialized<T> Evaluate(EvaluationScope scope)
    {
        parent.Prepare(scope);
        var route = _mapSide ??= scope.Planner.PlanEnd(parent, Site, Pipeline, this, Functions);
        var result = Actions.Reduce(scope, this, route, function, out var value);
        return new([new ArrayBlock<T>(result ? [value!] : [], result ? 1 : 0, pool: null)]);
    }
}
