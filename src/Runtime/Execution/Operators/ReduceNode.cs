using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// Folds all records into one, from the left within each partition and then over the partitions in their order. Nothing for no records.
/// </summary>
internal sealed class ReduceNode<T>(DatasetNode<T> parent, Func<T, T, T> function, string operatorName = "Reduce")
    : ExchangeNode<T, T>(operatorName, parent, function)
{
    public override Materialized<T> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        Parent.Prepare(scope);
        if (Parent.PartitionCount(scope) == 0)
        {
            return OfNothing(1);
        }

        var route = MapSide(scope.Planner);
        var result = Actions.Reduce(scope, this, route, function, out var value);
        return new([new ArrayBlock<T>(result ? [value!] : [], result ? 1 : 0, pool: null)]);
    }

    protected override int DeclaredPartitionCount(EvaluationScope scope) => 1;
}
