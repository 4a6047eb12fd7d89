using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <summary><c>FlatMapValues</c> on pairs.</summary>
public static class DStreamFlatMapValuesExtensions
{
    /// <summary>Applies a function to the value of each pair and gives a pair for each element of its result.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="function">Called once per pair, in tasks.</param>
    public static DStream<(TKey Key, TOut Value)> FlatMapValues<TKey, TValue, TOut>(this DStream<(TKey, TValue)> source, Func<TValue, IEnumerable<TOut>> function)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(function);
        return source.Derive<(TKey Key, TOut Value)>(NarrowOperators.FlatMapValues(source.Node, function));
    }
}
