using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>Pairs each record with a key made from it.</summary>
    /// <param name="function">Called once per record, in tasks.</param>
    public Rdd<(TKey Key, T Value)> KeyBy<TKey>(Func<T, TKey> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive<(TKey Key, T Value)>(NarrowOperators.KeyBy(Node, function));
    }
}
