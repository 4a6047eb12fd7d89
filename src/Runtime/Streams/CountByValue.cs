using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>How often each value occurs in a batch.</summary>
    /// <param name="numPartitions">The number of partitions of the result; the default parallelism when null.</param>
    public DStream<(T Value, long Count)> CountByValue(int? numPartitions = null)
    {
        Exchange.CheckPartitions(numPartitions);
        return Derive<(T Value, long Count)>(CombineByKey.CountByValue(Node, numPartitions));
    }
}
