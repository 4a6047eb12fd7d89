using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Execution.Windows;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>How often each value occurs in a window, of which a slide counts what enters and leaves. Values that have left are not shown.</summary>
    /// <param name="windowDuration">The window's length: a multiple of this stream's slide.</param>
    /// <param name="slideDuration">The time between two windows: a multiple of this stream's slide, which it is when null.</param>
    /// <param name="numPartitions">The number of partitions of the result; the default parallelism when null.</param>
    /// <exception cref="ArgumentException">A duration is no multiple of this stream's slide, or not more than zero.</exception>
    public DStream<(T Value, long Count)> CountByValueAndWindow(TimeSpan windowDuration, TimeSpan? slideDuration = null, int? numPartitions = null)
    {
        Exchange.CheckPartitions(numPartitions);
        var range = Context.WindowRange(Node, windowDuration, slideDuration);
        const string Name = "CountByValueAndWindow";
        var partitioner = Context.Partitioner<T>(numPartitions);
        var ones = new NarrowNode<T, (T, long)>(Name, Node, static records => records.Select(record => (record, 1L))) { IsImplied = true };
        var batch = new CombineByKeyNode<T, long, long>(
            Name, ones, static one => one, static (left, right) => left + right, static (left, right) => left + right, partitioner, null)
        { IsImplied = true };
        return Derive<(T Value, long Count)>(new InverseKeyWindowNode<T, long, SlidingCounts<T>>(batch, Context.Graph.HistoryOf(batch, new KeyDivision<T, long>(partitioner)), range, default));
    }
}
