using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Execution.Windows;

namespace CodegenStreaming;

/// <summary><c>ReduceByKeyAndWindow</c> on pairs.</summary>
public static class DStreamReduceByKeyAndWindowExtensions
{
    /// <summary>
    /// Combines the values of each key in a window: each batch once, then what runs of batches gave, which windows share, so that a slide costs the logarithm
    /// of the window's length. Where the function has an inverse, give that too: then a slide costs what enters and leaves.
    /// </summary>
    /// <param name="source">Pairs.</param>
    /// <param name="reduceFunction">Associative. It is given the values of a key in the order of their batches and partitions.</param>
    /// <param name="windowDuration">The window's length: a multiple of the stream's slide.</param>
    /// <param name="slideDuration">The time between two windows: a multiple of the stream's slide, which it is when null.</param>
    /// <param name="numPartitions">The number of partitions of the result; the default parallelism when null.</param>
    /// <exception cref="ArgumentException">A duration is no multiple of the stream's slide, or not more than zero.</exception>
    public static DStream<(TKey Key, TValue Value)> ReduceByKeyAndWindow<TKey, TValue>(
        this DStream<(TKey, TValue)> source,
        Func<TValue, TValue, TValue> reduceFunction,
        TimeSpan windowDuration,
        TimeSpan? slideDuration = null,
        int? numPartitions = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        Exchange.CheckPartitions(numPartitions);
        return source.ReduceByKeyAndWindow(reduceFunction, windowDuration, slideDuration, source.Context.Partitioner<TKey>(numPartitions));
    }

    /// <inheritdoc cref="ReduceByKeyAndWindow{TKey, TValue}(DStream{ValueTuple{TKey, TValue}}, Func{TValue, TValue, TValue}, TimeSpan, TimeSpan?, int?)"/>
    /// <param name="source">Pairs.</param>
    /// <param name="reduceFunction">Associative. It is given the values of a key in the order of their batches and partitions.</param>
    /// <param name="windowDuration">The window's length: a multiple of the stream's slide.</param>
    /// <param name="slideDuration">The time between two windows: a multiple of the stream's slide, which it is when null.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    public static DStream<(TKey Key, TValue Value)> ReduceByKeyAndWindow<TKey, TValue>(
        this DStream<(TKey, TValue)> source,
        Func<TValue, TValue, TValue> reduceFunction,
        TimeSpan windowDuration,
        TimeSpan? slideDuration,
        IPartitioner<TKey> partitioner)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(reduceFunction);
        ArgumentNullException.ThrowIfNull(partitioner);
        var range = source.Context.WindowRange(source.Node, windowDuration, slideDuration);
        var batch = WindowBatches.Reduce(source.Node, reduceFunction, partitioner, "ReduceByKeyAndWindow");
        return source.Derive<(TKey Key, TValue Value)>(
            new ReduceByKeyWindowNode<TKey, TValue>(batch, source.Context.Graph.HistoryOf(batch, new KeyDivision<TKey, TValue>(partitioner)), range, reduceFunction));
    }

    /// <summary>
    /// The same from the window before: what has left it is taken out, then what has entered is added, so that a slide costs the keys that enter and leave.
    /// A key stays when its records have left, with a neutral value, unless a filter drops it.
    /// </summary>
    /// <param name="source">Pairs.</param>
    /// <param name="reduceFunction">Associative and commutative.</param>
    /// <param name="inverseReduceFunction">Takes the second value out of the first: <c>inverse(reduce(x, y), y)</c> is x.</param>
    /// <param name="windowDuration">The window's length: a multiple of the stream's slide.</param>
    /// <param name="slideDuration">The time between two windows: a multiple of the stream's slide, which it is when null.</param>
    /// <param name="numPartitions">The number of partitions of the result; the default parallelism when null.</param>
    /// <param name="filter">
    /// Says which keys stay in the window; all when null. It must keep those that have records in the window, or a batch in which they leave fails.
    /// Asked for keys whose value has changed.
    /// </param>
    /// <exception cref="ArgumentException">A duration is no multiple of the stream's slide, or not more than zero.</exception>
    public static DStream<(TKey Key, TValue Value)> ReduceByKeyAndWindow<TKey, TValue>(
        this DStream<(TKey, TValue)> source,
        Func<TValue, TValue, TValue> reduceFunction,
        Func<TValue, TValue, TValue> inverseReduceFunction,
        TimeSpan windowDuration,
        TimeSpan? slideDuration = null,
        int? numPartitions = null,
        Func<(TKey Key, TValue Value), bool>? filter = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        Exchange.CheckPartitions(numPartitions);
        return source.ReduceByKeyAndWindow(
            reduceFunction, inverseReduceFunction, windowDuration, slideDuration, source.Context.Partitioner<TKey>(numPartitions), filter);
    }

    /// <inheritdoc cref="ReduceByKeyAndWindow{TKey, TValue}(DStream{ValueTuple{TKey, TValue}}, Func{TValue, TValue, TValue}, Func{TValue, TValue, TValue}, TimeSpan, TimeSpan?, int?, Func{ValueTuple{TKey, TValue}, bool})"/>
    /// <param name="source">Pairs.</param>
    /// <param name="reduceFunction">Associative and commutative.</param>
    /// <param name="inverseReduceFunction">Takes the second value out of the first: <c>inverse(reduce(x, y), y)</c> is x.</param>
    /// <param name="windowDuration">The window's length: a multiple of the stream's slide.</param>
    /// <param name="slideDuration">The time between two windows: a multiple of the stream's slide, which it is when null.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    /// <param name="filter">
    /// Says which keys stay in the window; all when null. It must keep those that have records in the window, or a batch in which they leave fails.
    /// Asked for keys whose value has changed.
    /// </param>
    public static DStream<(TKey Key, TValue Value)> ReduceByKeyAndWindow<TKey, TValue>(
        this DStream<(TKey, TValue)> source,
        Func<TValue, TValue, TValue> reduceFunction,
        Func<TValue, TValue, TValue> inverseReduceFunction,
        TimeSpan windowDuration,
        TimeSpan? slideDuration,
        IPartitioner<TKey> partitioner,
        Func<(TKey Key, TValue Value), bool>? filter = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(reduceFunction);
        ArgumentNullException.ThrowIfNull(inverseReduceFunction);
        ArgumentNullException.ThrowIfNull(partitioner);
        var range = source.Context.WindowRange(source.Node, windowDuration, slideDuration);
        var batch = WindowBatches.Reduce(source.Node, reduceFunction, partitioner, "ReduceByKeyAndWindow");
        var functions = new SlidingDelegates<TKey, TValue>(reduceFunction, inverseReduceFunction, filter);
        return source.Derive<(TKey Key, TValue Value)>(new InverseKeyWindowNode<TKey, TValue, SlidingDelegates<TKey, TValue>>(
            batch, source.Context.Graph.HistoryOf(batch, new KeyDivision<TKey, TValue>(partitioner)), range, functions, reduceFunction, inverseReduceFunction));
    }
}
