using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Pairs each record with a key made from it.</summary>
    /// <param name="function">Called once per record, in tasks.</param>
    public DStream<(TKey Key, T Value)> KeyBy<TKey>(Func<T, TKey> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive<(TKey Key, T Value)>(NarrowOperators.KeyBy(Node, function));
    }
}
