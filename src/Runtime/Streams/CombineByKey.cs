using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary><c>CombineByKey</c> on pairs.</summary>
public static class DStreamCombineByKeyExtensions
{
    /// <summary>Combines the values of each key into another type.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="createCombiner">Makes a combination of a key's first value in a partition.</param>
    /// <param name="mergeValue">Adds a further value.</param>
    /// <param name="mergeCombiners">Joins the combinations of two partitions.</param>
    /// <param name="numPartitions">The number of partitions of the result; the default parallelism when null.</param>
    public static DStream<(TKey Key, TCombined Value)> CombineByKey<TKey, TValue, TCombined>(this DStream<(TKey, TValue)> source,
        Func<TValue, TCombined> createCombiner,
        Func<TCombined, TValue, TCombined> mergeValue,
        Func<TCombined, TCombined, TCombined> mergeCombiners, int? numPartitions = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(createCombiner);
        ArgumentNullException.ThrowIfNull(mergeValue);
        ArgumentNullException.ThrowIfNull(mergeCombiners);
        Exchange.CheckPartitions(numPartitions);
        return source.Derive<(TKey Key, TCombined Value)>(new CombineByKeyNode<TKey, TValue, TCombined>(
            "CombineByKey", source.Node, createCombiner, mergeValue, mergeCombiners, null, numPartitions, createCombiner, mergeValue, mergeCombiners));
    }

    /// <summary>Combines the values of each key into another type.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="createCombiner">Makes a combination of a key's first value in a partition.</param>
    /// <param name="mergeValue">Adds a further value.</param>
    /// <param name="mergeCombiners">Joins the combinations of two partitions.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    public static DStream<(TKey Key, TCombined Value)> CombineByKey<TKey, TValue, TCombined>(this DStream<(TKey, TValue)> source,
        Func<TValue, TCombined> createCombiner,
        Func<TCombined, TValue, TCombined> mergeValue,
        Func<TCombined, TCombined, TCombined> mergeCombiners, IPartitioner<TKey> partitioner)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(createCombiner);
        ArgumentNullException.ThrowIfNull(mergeValue);
        ArgumentNullException.ThrowIfNull(mergeCombiners);
        ArgumentNullException.ThrowIfNull(partitioner);
        return source.Derive<(TKey Key, TCombined Value)>(new CombineByKeyNode<TKey, TValue, TCombined>(
            "CombineByKey", source.Node, createCombiner, mergeValue, mergeCombiners, partitioner, null, createCombiner, mergeValue, mergeCombiners));
    }
}
