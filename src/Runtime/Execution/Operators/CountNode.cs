using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>Counts the records: always one number, zero for none.</summary>
internal sealed class CountNode<T>(DatasetNode<T> parent, string operatorName = "Count") : ExchangeNode<T, long>(operatorName, parent)
{
    public override Materialized<long> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        Parent.Prepare(scope);
        if (Parent.PartitionCount(scope) == 0)
        {
            return OfNothing(1, 0L);
        }

        var route = MapSide(scope.Planner);
        return new([new ArrayBlock<long>([Actions.Count(scope, this, route)], 1, pool: null)]);
    }

    protected override int DeclaredPartitionCount(EvaluationScope scope) => 1;
}
