using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Execution.Windows;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>The number of records of a window, of which a slide counts what enters. Nothing before the first record of all; from then on always one number.</summary>
    /// <param name="windowDuration">The window's length: a multiple of this stream's slide.</param>
    /// <param name="slideDuration">The time between two windows: a multiple of this stream's slide, which it is when null.</param>
    /// <exception cref="ArgumentException">A duration is no multiple of this stream's slide, or not more than zero.</exception>
    public DStream<long> CountByWindow(TimeSpan windowDuration, TimeSpan? slideDuration = null)
    {
        var range = Context.WindowRange(Node, windowDuration, slideDuration);
        var count = new CountNode<T>(Node, "CountByWindow") { IsImplied = true };
        var some = new NarrowNode<long, long>("CountByWindow", count, static counts => counts.Where(static count => count > 0)) { IsImplied = true };
        return Derive(new InverseReduceWindowNode<long>(
            "CountByWindow", Context.Graph.HistoryOf(some), range, static (left, right) => left + right, static (whole, part) => whole - part));
    }
}
