using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary><c>AggregateByKey</c> on pairs.</summary>
public static class RddAggregateByKeyExtensions
{
    /// <summary>Combines the values of each key into another type, from a first value on.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="zero">What each key's combination begins with, in each partition; the functions must not change it.</param>
    /// <param name="add">Adds a value.</param>
    /// <param name="merge">Joins the combinations of two partitions.</param>
    /// <param name="numPartitions">The number of partitions of the result; the default parallelism when null.</param>
    public static Rdd<(TKey Key, TCombined Value)> AggregateByKey<TKey, TValue, TCombined>(
        this Rdd<(TKey, TValue)> source, TCombined zero, Func<TCombined, TValue, TCombined> add, Func<TCombined, TCombined, TCombined> merge, int? numPartitions = null)
    {
        Check(source, add, merge);
        Exchange.CheckPartitions(numPartitions);
        return source.Derive<(TKey Key, TCombined Value)>(Node(source, zero, add, merge, null, numPartitions));
    }

    /// <summary>Combines the values of each key into another type, from a first value on.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="zero">What each key's combination begins with, in each partition; the functions must not change it.</param>
    /// <param name="add">Adds a value.</param>
    /// <param name="merge">Joins the combinations of two partitions.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    public static Rdd<(TKey Key, TCombined Value)> AggregateByKey<TKey, TValue, TCombined>(
        this Rdd<(TKey, TValue)> source,
        TCombined zero,
        Func<TCombined, TValue, TCombined> add,
        Func<TCombined, TCombined, TCombined> merge,
        IPartitioner<TKey> partitioner)
    {
        Check(source, add, merge);
        ArgumentNullException.ThrowIfNull(partitioner);
        return source.Derive<(TKey Key, TCombined Value)>(Node(source, zero, add, merge, partitioner, null));
    }

    /// <summary>Its functions begin with one that is not the user's: it knows the first value, so that generated code can begin a combination too.</summary>
    private static CombineByKeyNode<TKey, TValue, TCombined> Node<TKey, TValue, TCombined>(
        Rdd<(TKey, TValue)> source,
        TCombined zero,
        Func<TCombined, TValue, TCombined> add,
        Func<TCombined, TCombined, TCombined> merge,
        IPartitioner<TKey>? partitioner,
        int? numPartitions)
    {
        Func<TValue, TCombined> create = new FirstValue<TValue, TCombined>(zero, add).Create;
        return new("AggregateByKey", source.Node, create, add, merge, partitioner, numPartitions, create, add, merge);
    }

    private static void Check(object source, Delegate add, Delegate merge)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(merge);
    }
}
