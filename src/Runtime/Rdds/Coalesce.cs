using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>Joins neighbouring partitions, so that at most so many are left; no record moves. <c>Repartition</c> makes more of them, and evens them out.</summary>
    /// <param name="numPartitions">The number of partitions, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public Rdd<T> Coalesce(int numPartitions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numPartitions, 1);
        return Derive(new CoalesceNode<T>(Node, numPartitions));
    }
}
