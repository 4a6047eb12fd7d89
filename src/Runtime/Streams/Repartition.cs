using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Deals the records out to exactly this number of partitions.</summary>
    /// <param name="numPartitions">The number of partitions, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public DStream<T> Repartition(int numPartitions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numPartitions, 1);
        return Derive(new RepartitionNode<T>(Node, numPartitions));
    }
}
