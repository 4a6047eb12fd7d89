using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Applies a function to each record.</summary>
    /// <param name="function">Called once per record, in tasks.</param>
    public DStream<TOut> Map<TOut>(Func<T, TOut> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(NarrowOperators.Map(Node, function));
    }
}
