using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>Counts the records: always one number, zero for none.</summary>
internal sealed class CountNode<T>(DatasetNode<T> parent) : ExchangeNode<long>("Count", parent)
{
    private Route<T>? _mapSide;

    public override Materialized<long> Evaluate(EvaluationScope scope)
    {
        parent.Prepare(scope);
        var route = _mapSide ??= scope.Planner.PlanEnd(parent, Site, Pipeline, this, Functions);
        return new([new ArrayBlock<long>([Actions.Count(scope, this, route)], 1, pool: null)]);
    }
}
