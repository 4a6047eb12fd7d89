using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary><c>SortByKey</c> on pairs.</summary>
public static class RddSortByKeyExtensions
{
    /// <summary>Sorts pairs by their keys: within each partition, and partition after partition. Pairs with equal keys keep their order.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="ascending">False for the largest key first.</param>
    /// <param name="comparer">The order; null for the keys' own. Text is then ordered by its UTF-16 code units, whatever the culture.</param>
    /// <param name="numPartitions">The number of partitions of the result; as many as the source has when null. Many equal keys make some of them empty.</param>
    public static Rdd<(TKey Key, TValue Value)> SortByKey<TKey, TValue>(
        this Rdd<(TKey, TValue)> source, bool ascending = true, IComparer<TKey>? comparer = null, int? numPartitions = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        Exchange.CheckPartitions(numPartitions);
        return source.Derive<(TKey Key, TValue Value)>(new SortByKeyNode<TKey, TValue>(source.Node, new KeyOrder<TKey>(comparer, !ascending), numPartitions));
    }
}
