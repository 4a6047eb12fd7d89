using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Folds each batch into one record; nothing for an empty batch.</summary>
    /// <param name="function">Associative and commutative. Records are folded from the left within a partition, partitions in their order.</param>
    public DStream<T> Reduce(Func<T, T, T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(new ReduceNode<T>(Node, function));
    }
}
