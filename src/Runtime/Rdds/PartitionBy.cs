using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary><c>PartitionBy</c> on pairs.</summary>
public static class RddPartitionByExtensions
{
    /// <summary>Brings each pair to the partition of its key. What is partitioned by an equal partitioner is then joined or combined with no further exchange.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    public static Rdd<(TKey Key, TValue Value)> PartitionBy<TKey, TValue>(this Rdd<(TKey, TValue)> source, IPartitioner<TKey> partitioner)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(partitioner);
        return source.Derive<(TKey Key, TValue Value)>(new PartitionByNode<TKey, TValue>(source.Node, partitioner));
    }
}
