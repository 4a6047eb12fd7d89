namespace CodegenStreaming.Tests.State;

/// <summary>What a state table is to do, said simply: keys in the order in which they were added, each with a value.</summary>
internal sealed class StateModel<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, (long Order, string Value)> _values = [];
    private long _next;

    public IReadOnlyList<(TKey Key, string Value)> Entries =>
        [.. _values.OrderBy(pair => pair.Value.Order).Select(pair => (pair.Key, pair.Value.Value))];

    public bool Contains(TKey key) => _values.ContainsKey(key);

    public void Set(TKey key, string value) => _values[key] = (_values.TryGetValue(key, out var before) ? before.Order : _next++, value);

    public void Remove(TKey key) => _values.Remove(key);

    public StateModel<TKey> Copy()
    {
        var copy = new StateModel<TKey> { _next = _next };
        foreach (var (key, value) in _values)
        {
            copy._values.Add(key, value);
        }

        return copy;
    }
}
