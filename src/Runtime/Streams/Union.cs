using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>The partitions of both, one after another; no record moves.</summary>
    /// <param name="other">The other one, of the same context.</param>
    public DStream<T> Union(DStream<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Context.CheckSame(other.Context);
        return Derive(new UnionNode<T>([Node, other.Node]));
    }
}
