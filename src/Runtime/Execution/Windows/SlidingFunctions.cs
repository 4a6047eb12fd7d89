using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Execution.Windows;

/// <summary>The functions of a window by key that slides, as the user gave them.</summary>
internal readonly struct SlidingDelegates<TKey, TValue>(
    Func<TValue, TValue, TValue> add, Func<TValue, TValue, TValue> remove, Func<(TKey Key, TValue Value), bool>? filter) : ISlidingFunctions<TKey, TValue>
{
    public bool HasFilter => filter is not null;

    public TValue Add(TValue left, TValue right) => add(left, right);

    public TValue Remove(TValue whole, TValue part) => remove(whole, part);

    public bool Keeps(TKey key, TValue value) => filter!((key, value));
}

/// <summary>Counts, of which none is zero.</summary>
internal readonly struct SlidingCounts<TKey> : ISlidingFunctions<TKey, long>
{
    public bool HasFilter => true;

    public long Add(long left, long right) => left + right;

    public long Remove(long whole, long part) => whole - part;

    public bool Keeps(TKey key, long value) => value != 0;
}
