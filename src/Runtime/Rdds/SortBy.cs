using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>Sorts the records: within each partition, and partition after partition. Records with equal keys keep their order.</summary>
    /// <param name="keyOf">Called once per record, in tasks.</param>
    /// <param name="ascending">False for the largest key first.</param>
    /// <param name="comparer">The order; null for the keys' own. Text is then ordered by its UTF-16 code units, whatever the culture.</param>
    /// <param name="numPartitions">The number of partitions of the result; as many as here when null. Many equal keys make some of them empty.</param>
    public Rdd<T> SortBy<TKey>(Func<T, TKey> keyOf, bool ascending = true, IComparer<TKey>? comparer = null, int? numPartitions = null)
    {
        ArgumentNullException.ThrowIfNull(keyOf);
        Exchange.CheckPartitions(numPartitions);
        return Derive(new SortByNode<TKey, T>(NarrowOperators.KeyBy(Node, keyOf, impliedBy: "SortBy"), keyOf, new KeyOrder<TKey>(comparer, !ascending), numPartitions));
    }
}
