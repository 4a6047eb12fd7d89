using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Keeps the records for which a predicate holds.</summary>
    /// <param name="predicate">Called once per record, in tasks.</param>
    public DStream<T> Filter(Func<T, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Derive(NarrowOperators.Filter(Node, predicate));
    }
}
