using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>The specification of a combine table: a dictionary of positions and a list of entries.</summary>
internal sealed class DelegateCombineOutput<TKey, TValue, TCombined>(
    Func<TValue, TCombined> create, Func<TCombined, TValue, TCombined> add, Func<TCombined, TCombined, TCombined> merge)
    : CombineOutput<TKey, TValue, TCombined>
{
    // A dictionary takes no null key; a tuple around it does.
    private readonly Dictionary<ValueTuple<TKey>, int> _positions = [];
    private readonly List<(TKey Key, TCombined Combined)> _entries = [];
    private BlockPool? _pool;

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

    internal override void Begin(BlockPool pool) => _pool = pool;

    internal override void Merge(ReadOnlySpan<(TKey Key, TCombined Combined)> entries, ReadOnlySpan<int> targets, int partition)
    {
        for (var index = 0; index < entries.Length; index++)
        {
            if (targets.IsEmpty || targets[index] == partition)
            {
                Merge(entries[index].Key, entries[index].Combined);
            }
        }
    }

    internal override ArrayBlock<(TKey Key, TCombined Combined)> ToBlock()
    {
        var records = _pool!.Rent<(TKey, TCombined)>(_entries.Count);
        _entries.CopyTo(records);
        var block = new ArrayBlock<(TKey Key, TCombined Combined)>(records, _entries.Count, _pool);
        _positions.Clear();
        _entries.Clear();
        return block;
    }

    private protected override void Abandon()
    {
    }

    private void Merge(TKey key, TCombined combined)
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

    private void Append(TKey key, TCombined combined)
    {
        _positions.Add(new(key), _entries.Count);
        _entries.Add((key, combined));
    }
}
