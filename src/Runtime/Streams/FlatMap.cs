using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Applies a function to each record and gives the elements of its results, one after another.</summary>
    /// <param name="function">Called once per record, in tasks. An inlined function is iterated by the natural type of its body: an array as an array, a struct without boxing.</param>
    public DStream<TOut> FlatMap<TOut>(Func<T, IEnumerable<TOut>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(NarrowOperators.FlatMap(Node, function));
    }
}
