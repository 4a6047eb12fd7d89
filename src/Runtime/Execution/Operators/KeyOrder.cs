namespace CodegenStreaming.Execution.Operators;

/// <summary>How keys are ordered: by a comparer of the user's, or by their own order; text by its UTF-16 code units, whatever the culture.</summary>
internal sealed class KeyOrder<TKey>
{
    private readonly bool _isOwnOrder;
    private readonly bool _isDescending;

    public KeyOrder(IComparer<TKey>? comparer, bool isDescending)
    {
        _isOwnOrder = comparer is null && typeof(TKey) != typeof(string);
        _isDescending = isDescending;
        var ascending = Default(comparer);
        Comparer = isDescending ? Comparer<TKey>.Create((left, right) => ascending.Compare(right, left)) : ascending;
    }

    public IComparer<TKey> Comparer { get; }

    /// <summary>The given comparer, or the keys' own order.</summary>
    public static IComparer<TKey> Default(IComparer<TKey>? comparer) =>
        comparer ?? (typeof(TKey) == typeof(string) ? (IComparer<TKey>)StringComparer.Ordinal : Comparer<TKey>.Default);

    /// <summary>Sorts keys, and says where each of them was; equal keys keep their order.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="places">As long as the keys; gets the former place of each.</param>
    public void Sort(Span<TKey> keys, Span<int> places)
    {
        for (var index = 0; index < places.Length; index++)
        {
            places[index] = index;
        }

        if (!_isOwnOrder)
        {
            keys.Sort(places, Comparer);
        }
        else
        {
            keys.Sort(places); // By the type's own order, which is compiled into the loop.
            if (_isDescending)
            {
                keys.Reverse();
                places.Reverse();
            }
        }

        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && Comparer.Compare(keys[start], keys[end]) == 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                SortTies(keys[start..end], places[start..end]);
            }

            start = end;
        }
    }

    /// <summary>Keys that compare as equal need not be the same ones: they move with their places.</summary>
    private static void SortTies(Span<TKey> keys, Span<int> places) => places.Sort(keys);
}
