using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>The smallest records, in order; equal ones in the order in which they came. Keeps no more of a partition than it needs.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="comparer">The order; null for the records' own. Text is then ordered by its UTF-16 code units, whatever the culture.</param>
    public T[] TakeOrdered(int count, IComparer<T>? comparer = null) => TakeOrdered("TakeOrdered", count, new KeyOrder<T>(comparer, isDescending: false));

    /// <summary>The largest records, the largest first.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="comparer">The order; null for the records' own. Text is then ordered by its UTF-16 code units, whatever the culture.</param>
    public T[] Top(int count, IComparer<T>? comparer = null) => TakeOrdered("Top", count, new KeyOrder<T>(comparer, isDescending: true));

    /// <summary>The smallest record; the first of several.</summary>
    /// <param name="comparer">The order; null for the records' own. Text is then ordered by its UTF-16 code units, whatever the culture.</param>
    /// <exception cref="InvalidOperationException">There are no records.</exception>
    public T Min(IComparer<T>? comparer = null) => First("Min", TakeOrdered("Min", 1, new KeyOrder<T>(comparer, isDescending: false)));

    /// <summary>The largest record; the first of several.</summary>
    /// <param name="comparer">The order; null for the records' own. Text is then ordered by its UTF-16 code units, whatever the culture.</param>
    /// <exception cref="InvalidOperationException">There are no records.</exception>
    public T Max(IComparer<T>? comparer = null) => First("Max", TakeOrdered("Max", 1, new KeyOrder<T>(comparer, isDescending: true)));

    private static T First(string action, T[] records) =>
        records.Length > 0 ? records[0] : throw new InvalidOperationException($"The data set is empty: it has no {action.ToLowerInvariant()}imum.");

    private T[] TakeOrdered(string action, int count, KeyOrder<T> order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
        {
            return [];
        }

        using var evaluation = EvaluateToKeep();
        var scope = evaluation.Scope;
        var route = PlanAction(scope);
        return
        [
            .. scope.RunStage(
                    End(action),
                    route.Node.PartitionCount(scope),
                    route,
                    _ => new OrderedOutput<T>(count, order.Comparer),
                    static (_, output) => ((OrderedOutput<T>)output).Records)
                .SelectMany(records => records)
                .Order(order.Comparer)
                .Take(count),
        ];
    }
}
