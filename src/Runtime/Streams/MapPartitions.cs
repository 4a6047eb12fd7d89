using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Applies a function to each partition as a whole.</summary>
    /// <param name="function">Called once per partition, in tasks; the records are computed while they are read.</param>
    public DStream<TOut> MapPartitions<TOut>(Func<IEnumerable<T>, IEnumerable<TOut>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(NarrowOperators.MapPartitions(Node, function));
    }
}
