using CodegenStreaming.CompilerServices;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>Folds all records into one, from a first value on.</summary>
    /// <param name="zero">What each partition begins with, and the fold of the partitions too: it must change nothing that it is folded with.</param>
    /// <param name="function">Associative and commutative. Records are folded from the left within a partition, partitions in their order.</param>
    public T Fold(T zero, Func<T, T, T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Aggregate("Fold", zero, function, function, function);
    }

    /// <summary>Folds all records into a value of another type.</summary>
    /// <param name="zero">What each partition begins with, and the fold of the partitions too; the functions must not change it.</param>
    /// <param name="add">Adds a record; called in tasks.</param>
    /// <param name="merge">Joins the results of the partitions, in their order; called on the driver.</param>
    public TResult Aggregate<TResult>(TResult zero, Func<TResult, T, TResult> add, Func<TResult, TResult, TResult> merge)
    {
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(merge);
        return Aggregate("Aggregate", zero, add, merge, add, merge);
    }

    // The functions are those of the user's call.
    internal TResult Aggregate<TResult>(
        string action, TResult zero, Func<TResult, T, TResult> add, Func<TResult, TResult, TResult> merge, params Delegate[] functions)
    {
        using var evaluation = EvaluateToKeep();
        var scope = evaluation.Scope;
        var route = PlanAction(scope, functions);
        return scope.RunStage(
                End(action),
                route.Node.PartitionCount(scope),
                route,
                _ => new AggregateOutput<T, TResult>(zero, add),
                static (_, output) => ((AggregateOutput<T, TResult>)output).Value)
            .Aggregate(zero, merge);
    }
}
