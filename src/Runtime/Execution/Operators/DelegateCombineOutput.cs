using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Execution.Operators;

/// <summary>The specification of a combine table: a dictionary of positions and a list of entries.</summary>
internal sealed class DelegateCombineOutput<TKey, TValue, TCombined>(
    Func<TValue, TCombined> create, Func<TCombined, TValue, TCombined> add, Func<TCombined, TCombined, TCombined> merge)
    : CombineOutput<TKey, TValue, TCombined>
{
    // A dictionary takes no null key; a tuple around it does.
    private readonly Dictionary<ValueTuple<TKey>, int> _positions = [];
    private readonly List<(TKey Key, TCombined Combined)> _entries = [];

    public override int Count => _entries.Count;

    public override void Write((TKey, TValue) record)
    {
        if (_positions.TryGetValue(new(record.Item1), out var position))
        {
            _entries[position] = (_entries[position].Key, add(_entries[position].Combined, record.Item2));
        }
        else
        {
            Append(record.Item1, create(record.Item2));
        }
    }

    public override void MergeCombined(TKey key, TCombined combined)
    {
        if (_positions.TryGetValue(new(key), out var position))
        {
            _entries[position] = (_entries[position].Key, merge(_entries[position].Combined, combined));
        }
        else
        {
            Append(key, combined);
        }
    }

    public override void CopyTo(Span<(TKey, TCombined)> entries)
    {
        for (var index = 0; index < _entries.Count; index++)
        {
            entries[index] = _entries[index];
        }
    }

    public override void Clear()
    {
        _positions.Clear();
        _entries.Clear();
    }

    private void Append(TKey key, TCombined combined)
    {
        _positions.Add(new(key), _entries.Count);
        _entries.Add((key, combined));
    }
}
