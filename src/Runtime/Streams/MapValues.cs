using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary><c>MapValues</c> on pairs.</summary>
public static class DStreamMapValuesExtensions
{
    /// <summary>Applies a function to the value of each pair; keys and partitions stay.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="function">Called once per pair, in tasks.</param>
    public static DStream<(TKey Key, TOut Value)> MapValues<TKey, TValue, TOut>(this DStream<(TKey, TValue)> source, Func<TValue, TOut> function)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(function);
        return source.Derive<(TKey Key, TOut Value)>(NarrowOperators.MapValues(source.Node, function));
    }
}
