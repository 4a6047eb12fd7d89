using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary><c>GroupByKey</c> on pairs.</summary>
public static class RddGroupByKeyExtensions
{
    /// <summary>Gathers the values of each key. For a sum or a count use <c>ReduceByKey</c>, which moves less.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="numPartitions">The number of partitions of the result; the default parallelism when null.</param>
    public static Rdd<(TKey Key, IReadOnlyList<TValue> Values)> GroupByKey<TKey, TValue>(this Rdd<(TKey, TValue)> source, int? numPartitions = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        Exchange.CheckPartitions(numPartitions);
        return source.Derive<(TKey Key, IReadOnlyList<TValue> Values)>(new GroupByKeyNode<TKey, TValue>(source.Node, null, numPartitions));
    }

    /// <summary>Gathers the values of each key. For a sum or a count use <c>ReduceByKey</c>, which moves less.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    public static Rdd<(TKey Key, IReadOnlyList<TValue> Values)> GroupByKey<TKey, TValue>(this Rdd<(TKey, TValue)> source, IPartitioner<TKey> partitioner)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(partitioner);
        return source.Derive<(TKey Key, IReadOnlyList<TValue> Values)>(new GroupByKeyNode<TKey, TValue>(source.Node, partitioner, null));
    }
}
