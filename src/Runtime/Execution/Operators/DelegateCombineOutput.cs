using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>The specification of a combine table: a dictionary of positions and a list of entries.</summary>
internal sealed class DelegateCombineOutput<TKey, TValue, TCombined>(
    Func<TValue, TCombined> create, Func<TCombined, TValue, TCombined> add, Func<TCombined, TCombined, TCombined> merge)
    : CombineOutput<TKey, TValue, TCombined>
{
    /// <summary>After how many records the size is looked at, where combinations may grow while their number does not…</summary>
    private const int RecordsPerLook = 1024;

    /// <summary>…and after how many entries in any case.</summary>
    private const int EntriesPerLook = 256;

    /// <summary>What a dictionary takes for an entry beside its key: hash, next, position.</summary>
    private const int DictionaryBytesOfEntry = 16;

    // A dictionary takes no null key; a tuple around it does.
    private readonly Dictionary<ValueTuple<TKey>, int> _positions = [];
    private readonly List<(TKey Key, TCombined Combined)> _entries = [];
    private BlockPool? _pool;

    /// <summary>Records since the size was looked at.</summary>
    private int _unseen;

    public override int Count => _entries.Count;

    internal override ReadOnlySpan<(TKey Key, TCombined Combined)> Entries => CollectionsMarshal.AsSpan(_entries);

    public override void Write((TKey, TValue) record)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TCombined>() && ++_unseen == RecordsPerLook)
        {
            _unseen = 0;
            Relieve();
        }

        if (_positions.TryGetValue(new(record.Item1), out var position))
        {
            _entries[position] = (_entries[position].Key, add(_entries[position].Combined, record.Item2));
        }
        else
        {
            if (_entries.Count % EntriesPerLook == 0)
            {
                Relieve();
            }

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

    internal override void Relieve()
    {
        var bytes = (long)_entries.Count * ((2 * Unsafe.SizeOf<(TKey, TCombined)>()) + DictionaryBytesOfEntry);
        if (Spill is { } spill && spill.IsOver(bytes, Entries))
        {
            SpillEntries();
        }
    }

    internal override void SpillEntries()
    {
        Spill!.Write(Entries);
        _positions.Clear();
        _entries.Clear();
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
