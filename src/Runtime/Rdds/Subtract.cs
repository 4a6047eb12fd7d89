using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>The records that the other data set does not have; those that occur several times stay so.</summary>
    /// <param name="other">The other one, of the same context.</param>
    /// <param name="numPartitions">The number of partitions of the result; the default parallelism when null.</param>
    public Rdd<T> Subtract(Rdd<T> other, int? numPartitions = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        Exchange.CheckPartitions(numPartitions);
        var rest = new SubtractByKeyNode<T, byte, byte>(
            "Subtract", NarrowOperators.AsKeys("Subtract", Node), NarrowOperators.AsKeys("Subtract", other.Node), null, numPartitions)
        { IsImplied = true };
        return DeriveWith(other, NarrowOperators.OfKeys("Subtract", rest));
    }
}
