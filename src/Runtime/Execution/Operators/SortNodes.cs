namespace CodegenStreaming.Execution.Operators;

/// <summary>Sorts records by a key that the map side has put beside each.</summary>
internal sealed class SortByNode<TKey, T>(DatasetNode<(TKey, T)> parent, Func<T, TKey> keyOf, KeyOrder<TKey> order, int? partitions)
    : SortNode<TKey, T, T>("SortBy", parent, order, partitions, keyOf)
{
    protected override void TakeRecords(ReadOnlySpan<(TKey, T)> unsorted, ReadOnlySpan<int> places, Span<T> sorted)
    {
        for (var index = 0; index < places.Length; index++)
        {
            sorted[index] = unsorted[places[index]].Item2;
        }
    }
}

/// <summary>Sorts pairs by their keys.</summary>
internal sealed class SortByKeyNode<TKey, TValue>(DatasetNode<(TKey, TValue)> parent, KeyOrder<TKey> order, int? partitions)
    : SortNode<TKey, TValue, (TKey, TValue)>("SortByKey", parent, order, partitions)
{
    protected override void TakeRecords(ReadOnlySpan<(TKey, TValue)> unsorted, ReadOnlySpan<int> places, Span<(TKey, TValue)> sorted)
    {
        for (var index = 0; index < places.Length; index++)
        {
            sorted[index] = unsorted[places[index]];
        }
    }
}
