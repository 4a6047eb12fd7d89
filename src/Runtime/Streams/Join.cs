using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary>
/// Joins of the pairs of two streams, batch by batch. Results come in the order of the left pairs within a partition, then of the right ones; right pairs without a partner come last. A
/// side that is partitioned like the result stays where it is.
/// </summary>
public static class DStreamJoinExtensions
{
    /// <summary>Pairs the values of equal keys: each left value with each right one.</summary>
    /// <param name="left">A stream of pairs.</param>
    /// <param name="right">A stream of pairs, of the same context.</param>
    /// <param name="numPartitions">The number of partitions of the result; when null, that of a side that is partitioned by key, or the default parallelism.</param>
    public static DStream<(TKey Key, (TLeft Left, TRight Right) Values)> Join<TKey, TLeft, TRight>(
        this DStream<(TKey, TLeft)> left, DStream<(TKey, TRight)> right, int? numPartitions = null) =>
        Join<TKey, TLeft, TRight, (TLeft Left, TRight Right), InnerJoin<TLeft, TRight>>("Join", left, right, null, numPartitions);

    /// <summary>Pairs the values of equal keys: each left value with each right one.</summary>
    /// <param name="left">A stream of pairs.</param>
    /// <param name="right">A stream of pairs, of the same context.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    public static DStream<(TKey Key, (TLeft Left, TRight Right) Values)> Join<TKey, TLeft, TRight>(
        this DStream<(TKey, TLeft)> left, DStream<(TKey, TRight)> right, IPartitioner<TKey> partitioner)
    {
        ArgumentNullException.ThrowIfNull(partitioner);
        return Join<TKey, TLeft, TRight, (TLeft Left, TRight Right), InnerJoin<TLeft, TRight>>("Join", left, right, partitioner, null);
    }

    /// <summary>The same as <c>Join</c>, and the left pairs whose key the right side does not have.</summary>
    /// <param name="left">A stream of pairs.</param>
    /// <param name="right">A stream of pairs, of the same context.</param>
    /// <param name="numPartitions">The number of partitions of the result; when null, that of a side that is partitioned by key, or the default parallelism.</param>
    public static DStream<(TKey Key, (TLeft Left, Option<TRight> Right) Values)> LeftOuterJoin<TKey, TLeft, TRight>(
        this DStream<(TKey, TLeft)> left, DStream<(TKey, TRight)> right, int? numPartitions = null) =>
        Join<TKey, TLeft, TRight, (TLeft Left, Option<TRight> Right), LeftOuterJoin<TLeft, TRight>>("LeftOuterJoin", left, right, null, numPartitions);

    /// <summary>The same as <c>Join</c>, and the left pairs whose key the right side does not have.</summary>
    /// <param name="left">A stream of pairs.</param>
    /// <param name="right">A stream of pairs, of the same context.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    public static DStream<(TKey Key, (TLeft Left, Option<TRight> Right) Values)> LeftOuterJoin<TKey, TLeft, TRight>(
        this DStream<(TKey, TLeft)> left, DStream<(TKey, TRight)> right, IPartitioner<TKey> partitioner)
    {
        ArgumentNullException.ThrowIfNull(partitioner);
        return Join<TKey, TLeft, TRight, (TLeft Left, Option<TRight> Right), LeftOuterJoin<TLeft, TRight>>("LeftOuterJoin", left, right, partitioner, null);
    }

    /// <summary>The same as <c>Join</c>, and the right pairs whose key the left side does not have.</summary>
    /// <param name="left">A stream of pairs.</param>
    /// <param name="right">A stream of pairs, of the same context.</param>
    /// <param name="numPartitions">The number of partitions of the result; when null, that of a side that is partitioned by key, or the default parallelism.</param>
    public static DStream<(TKey Key, (Option<TLeft> Left, TRight Right) Values)> RightOuterJoin<TKey, TLeft, TRight>(
        this DStream<(TKey, TLeft)> left, DStream<(TKey, TRight)> right, int? numPartitions = null) =>
        Join<TKey, TLeft, TRight, (Option<TLeft> Left, TRight Right), RightOuterJoin<TLeft, TRight>>("RightOuterJoin", left, right, null, numPartitions);

    /// <summary>The same as <c>Join</c>, and the right pairs whose key the left side does not have.</summary>
    /// <param name="left">A stream of pairs.</param>
    /// <param name="right">A stream of pairs, of the same context.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    public static DStream<(TKey Key, (Option<TLeft> Left, TRight Right) Values)> RightOuterJoin<TKey, TLeft, TRight>(
        this DStream<(TKey, TLeft)> left, DStream<(TKey, TRight)> right, IPartitioner<TKey> partitioner)
    {
        ArgumentNullException.ThrowIfNull(partitioner);
        return Join<TKey, TLeft, TRight, (Option<TLeft> Left, TRight Right), RightOuterJoin<TLeft, TRight>>("RightOuterJoin", left, right, partitioner, null);
    }

    /// <summary>The same as <c>Join</c>, and the pairs of either side whose key the other one does not have.</summary>
    /// <param name="left">A stream of pairs.</param>
    /// <param name="right">A stream of pairs, of the same context.</param>
    /// <param name="numPartitions">The number of partitions of the result; when null, that of a side that is partitioned by key, or the default parallelism.</param>
    public static DStream<(TKey Key, (Option<TLeft> Left, Option<TRight> Right) Values)> FullOuterJoin<TKey, TLeft, TRight>(
        this DStream<(TKey, TLeft)> left, DStream<(TKey, TRight)> right, int? numPartitions = null) =>
        Join<TKey, TLeft, TRight, (Option<TLeft> Left, Option<TRight> Right), FullOuterJoin<TLeft, TRight>>("FullOuterJoin", left, right, null, numPartitions);

    /// <summary>The same as <c>Join</c>, and the pairs of either side whose key the other one does not have.</summary>
    /// <param name="left">A stream of pairs.</param>
    /// <param name="right">A stream of pairs, of the same context.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    public static DStream<(TKey Key, (Option<TLeft> Left, Option<TRight> Right) Values)> FullOuterJoin<TKey, TLeft, TRight>(
        this DStream<(TKey, TLeft)> left, DStream<(TKey, TRight)> right, IPartitioner<TKey> partitioner)
    {
        ArgumentNullException.ThrowIfNull(partitioner);
        return Join<TKey, TLeft, TRight, (Option<TLeft> Left, Option<TRight> Right), FullOuterJoin<TLeft, TRight>>("FullOuterJoin", left, right, partitioner, null);
    }

    private static DStream<(TKey Key, TOut Values)> Join<TKey, TLeft, TRight, TOut, TShape>(
        string operatorName, DStream<(TKey, TLeft)> left, DStream<(TKey, TRight)> right, IPartitioner<TKey>? partitioner, int? numPartitions)
        where TShape : struct, IJoinShape<TLeft, TRight, TOut>
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        left.Context.CheckSame(right.Context);
        Exchange.CheckPartitions(numPartitions);
        return left.Derive(new JoinNode<TKey, TLeft, TRight, TOut, TShape>(operatorName, left.Node, right.Node, partitioner, numPartitions));
    }
}
