using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary><c>Keys</c> and <c>Values</c> of pairs.</summary>
public static class RddKeysExtensions
{
    /// <summary>The key of each pair.</summary>
    /// <param name="source">Pairs.</param>
    public static Rdd<TKey> Keys<TKey, TValue>(this Rdd<(TKey, TValue)> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Derive(NarrowOperators.Keys(source.Node));
    }

    /// <summary>The value of each pair.</summary>
    /// <param name="source">Pairs.</param>
    public static Rdd<TValue> Values<TKey, TValue>(this Rdd<(TKey, TValue)> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Derive(NarrowOperators.Values(source.Node));
    }
}
