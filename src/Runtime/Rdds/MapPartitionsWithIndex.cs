using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>Applies a function to each partition as a whole and its number.</summary>
    /// <param name="function">Called once per partition, in tasks; the records are computed while they are read.</param>
    public Rdd<TOut> MapPartitionsWithIndex<TOut>(Func<int, IEnumerable<T>, IEnumerable<TOut>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(new IndexedNode<T, TOut>(Node, function));
    }
}
