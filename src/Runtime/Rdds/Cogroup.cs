using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary><c>Cogroup</c> and <c>SubtractByKey</c> of pairs.</summary>
public static class RddCogroupExtensions
{
    /// <summary>The values of each key of both sides, each in their order: keys in the order of their first appearance, those of the left side first.</summary>
    /// <param name="left">Pairs.</param>
    /// <param name="right">Pairs of the same context.</param>
    /// <param name="numPartitions">The number of partitions of the result; when null, that of a side that is partitioned by key, or the default parallelism.</param>
    public static Rdd<(TKey Key, (IReadOnlyList<TLeft> Left, IReadOnlyList<TRight> Right) Values)> Cogroup<TKey, TLeft, TRight>(
        this Rdd<(TKey, TLeft)> left, Rdd<(TKey, TRight)> right, int? numPartitions = null)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        Exchange.CheckPartitions(numPartitions);
        return left.DeriveWith(
            right, new CogroupNode<TKey, TLeft, TRight>(left.Node, right.Node, null, numPartitions));
    }

    /// <summary>The values of each key of both sides, each in their order: keys in the order of their first appearance, those of the left side first.</summary>
    /// <param name="left">Pairs.</param>
    /// <param name="right">Pairs of the same context.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    public static Rdd<(TKey Key, (IReadOnlyList<TLeft> Left, IReadOnlyList<TRight> Right) Values)> Cogroup<TKey, TLeft, TRight>(
        this Rdd<(TKey, TLeft)> left, Rdd<(TKey, TRight)> right, IPartitioner<TKey> partitioner)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(partitioner);
        ArgumentNullException.ThrowIfNull(right);
        return left.DeriveWith(
            right, new CogroupNode<TKey, TLeft, TRight>(left.Node, right.Node, partitioner, null));
    }

    /// <summary>The pairs whose key the other data set does not have, in their order.</summary>
    /// <param name="left">Pairs.</param>
    /// <param name="right">Pairs of the same context; only their keys count.</param>
    /// <param name="numPartitions">The number of partitions of the result; when null, that of a side that is partitioned by key, or the default parallelism.</param>
    public static Rdd<(TKey Key, TLeft Value)> SubtractByKey<TKey, TLeft, TRight>(
        this Rdd<(TKey, TLeft)> left, Rdd<(TKey, TRight)> right, int? numPartitions = null)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        Exchange.CheckPartitions(numPartitions);
        return left.DeriveWith(
            right, new SubtractByKeyNode<TKey, TLeft, TRight>("SubtractByKey", left.Node, right.Node, null, numPartitions));
    }
}
