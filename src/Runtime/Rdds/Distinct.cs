using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>Each record once, in the order of first appearance.</summary>
    /// <param name="numPartitions">The number of partitions of the result; the default parallelism when null.</param>
    public Rdd<T> Distinct(int? numPartitions = null)
    {
        Exchange.CheckPartitions(numPartitions);
        return Derive(new DistinctNode<T>(NarrowOperators.AsKeys("Distinct", Node), numPartitions));
    }
}
