using CodegenStreaming.Execution;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>
    /// The data sets of past batches, and of those under way, between two times; on any thread but a task's. What was not computed in its batch is computed when
    /// an action asks for it. Left out are batches before the start, those that have not come yet, and those that are no longer remembered.
    /// </summary>
    /// <param name="from">The first data set's time; between two times of the stream's data sets it stands for the earlier one.</param>
    /// <param name="to">The last data set's time, included; between two of them it stands for the earlier one.</param>
    /// <returns>The data sets in the order of their times. Each is valid as long as its batch is remembered.</returns>
    /// <exception cref="StreamingException">The context has not been started, or nothing is remembered.</exception>
    public IReadOnlyList<Rdd<T>> Slice(BatchTime from, BatchTime to)
    {
        var run = Context.Run ?? throw new StreamingException(
            $"{Node.Describe()} has not been initialized: the data sets of its batches can be had after the start of the StreamingContext.");
        if (!run.Remembered.IsOn)
        {
            throw new StreamingException(
                "Slice gives the data sets of batches that are remembered, and none are. Call Remember on the StreamingContext before its start.");
        }

        // Among the batches of a slide that ends at a batch, one has a data set: it is the earlier one that the bound stands for.
        // A time so early that nothing is before it means the first of all.
        var first = Floor(new BatchTime(Math.Max(from.Milliseconds, long.MinValue / 2))) - Context.Graph.Grid.DurationOf(Node.Slide - 1);
        return [.. run.Remembered.Between(first, Floor(to)).Where(HasDataSet).Select(scope => new Rdd<T>(scope, Node, Node.Pipeline))];
    }

    /// <summary>A stream with a slide has data sets in some batches only.</summary>
    private bool HasDataSet(EvaluationScope scope) => Context.Graph.Grid.NumberOf(scope.Time!.Value) % Node.Slide == 0;

    /// <summary>The batch time at a time or before it: they are the multiples of the interval.</summary>
    private BatchTime Floor(BatchTime time)
    {
        var step = (long)Context.Options.BatchInterval.TotalMilliseconds;
        return new BatchTime(Math.DivRem(time.Milliseconds, step) is var (batches, rest) && rest < 0 ? (batches - 1) * step : time.Milliseconds / step * step);
    }
}
