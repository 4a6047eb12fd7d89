using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Execution.Windows;

namespace CodegenStreaming;

/// <summary><c>GroupByKeyAndWindow</c> on pairs.</summary>
public static class DStreamGroupByKeyAndWindowExtensions
{
    /// <summary>
    /// Gathers the values of each key in a window. Each batch is exchanged once; the window is grouped where its batches lie. For a sum or a count use
    /// <c>ReduceByKeyAndWindow</c>, which keeps less.
    /// </summary>
    /// <param name="source">Pairs.</param>
    /// <param name="windowDuration">The window's length: a multiple of the stream's slide.</param>
    /// <param name="slideDuration">The time between two windows: a multiple of the stream's slide, which it is when null.</param>
    /// <param name="numPartitions">The number of partitions of the result; the default parallelism when null.</param>
    /// <exception cref="ArgumentException">A duration is no multiple of the stream's slide, or not more than zero.</exception>
    public static DStream<(TKey Key, IReadOnlyList<TValue> Values)> GroupByKeyAndWindow<TKey, TValue>(
        this DStream<(TKey, TValue)> source, TimeSpan windowDuration, TimeSpan? slideDuration = null, int? numPartitions = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        Exchange.CheckPartitions(numPartitions);
        return source.GroupByKeyAndWindow(windowDuration, slideDuration, source.Context.Partitioner<TKey>(numPartitions));
    }

    /// <inheritdoc cref="GroupByKeyAndWindow{TKey, TValue}(DStream{ValueTuple{TKey, TValue}}, TimeSpan, TimeSpan?, int?)"/>
    /// <param name="source">Pairs.</param>
    /// <param name="windowDuration">The window's length: a multiple of the stream's slide.</param>
    /// <param name="slideDuration">The time between two windows: a multiple of the stream's slide, which it is when null.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    public static DStream<(TKey Key, IReadOnlyList<TValue> Values)> GroupByKeyAndWindow<TKey, TValue>(
        this DStream<(TKey, TValue)> source, TimeSpan windowDuration, TimeSpan? slideDuration, IPartitioner<TKey> partitioner)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(partitioner);
        const string Name = "GroupByKeyAndWindow";
        var range = source.Context.WindowRange(source.Node, windowDuration, slideDuration);
        var batch = new PartitionByNode<TKey, TValue>(source.Node, partitioner, Name) { IsImplied = true };
        var window = new WindowNode<(TKey, TValue)>(Name, source.Context.Graph.HistoryOf(batch, new KeyDivision<TKey, TValue>(partitioner)), range) { IsImplied = true };
        return source.Derive<(TKey Key, IReadOnlyList<TValue> Values)>(new GroupByKeyNode<TKey, TValue>(window, partitioner, null, Name));
    }
}
