using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary><c>Cogroup</c> of the pairs of two streams, batch by batch.</summary>
public static class DStreamCogroupExtensions
{
    /// <summary>The values of each key of both sides, each in their order: keys in the order of their first appearance, those of the left side first.</summary>
    /// <param name="left">A stream of pairs.</param>
    /// <param name="right">A stream of pairs, of the same context.</param>
    /// <param name="numPartitions">The number of partitions of the result; when null, that of a side that is partitioned by key, or the default parallelism.</param>
    public static DStream<(TKey Key, (IReadOnlyList<TLeft> Left, IReadOnlyList<TRight> Right) Values)> Cogroup<TKey, TLeft, TRight>(
        this DStream<(TKey, TLeft)> left, DStream<(TKey, TRight)> right, int? numPartitions = null)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        left.Context.CheckSame(right.Context);
        Exchange.CheckPartitions(numPartitions);
        return left.Derive(new CogroupNode<TKey, TLeft, TRight>(left.Node, right.Node, null, numPartitions));
    }

    /// <summary>The values of each key of both sides, each in their order: keys in the order of their first appearance, those of the left side first.</summary>
    /// <param name="left">A stream of pairs.</param>
    /// <param name="right">A stream of pairs, of the same context.</param>
    /// <param name="partitioner">Decides the partition of each key.</param>
    public static DStream<(TKey Key, (IReadOnlyList<TLeft> Left, IReadOnlyList<TRight> Right) Values)> Cogroup<TKey, TLeft, TRight>(
        this DStream<(TKey, TLeft)> left, DStream<(TKey, TRight)> right, IPartitioner<TKey> partitioner)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(partitioner);
        ArgumentNullException.ThrowIfNull(right);
        left.Context.CheckSame(right.Context);
        return left.Derive(new CogroupNode<TKey, TLeft, TRight>(left.Node, right.Node, partitioner, null));
    }
}
