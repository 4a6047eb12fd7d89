using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary><c>ReduceByKey</c> on pairs.</summary>
public static class RddReduceByKeyExtensions
{
    /// <summary>Combines the values of each key; within a partition first, so that one combination per key and partition crosses the exchange.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="function">Associative and commutative.</param>
    /// <param name="numPartitions">The number of partitions of the result; the default parallelism when null.</param>
    public static Rdd<(TKey Key, TValue Value)> ReduceByKey<TKey, TValue>(this Rdd<(TKey, TValue)> source, Func<TValue, TValue, TValue> function, int? numPartitions = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(function);
        Exchange.CheckPartitions(numPartitions);
        return source.Derive<(TKey Key, TValue Value)>(new CombineByKeyNode<TKey, TValue, TValue>(
            "ReduceByKey", source.Node, static value => value, function, function, null, numPartitions, function));
    }

    /// <summary>Combines the values of each key; within a partition first, so that one combination per key and partition crosses the exchange.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="function">Associative and commutative.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    public static Rdd<(TKey Key, TValue Value)> ReduceByKey<TKey, TValue>(this Rdd<(TKey, TValue)> source, Func<TValue, TValue, TValue> function, IPartitioner<TKey> partitioner)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(partitioner);
        return source.Derive<(TKey Key, TValue Value)>(new CombineByKeyNode<TKey, TValue, TValue>(
            "ReduceByKey", source.Node, static value => value, function, function, partitioner, null, function));
    }
}
