using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>The partitions of both, one after another; no record moves.</summary>
    /// <param name="other">The other one, of the same context.</param>
    public Rdd<T> Union(Rdd<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return DeriveWith(other, new UnionNode<T>([Node, other.Node]));
    }
}
