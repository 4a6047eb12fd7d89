using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// A hash table from keys to combinations: chains through an array of dense entries in insertion order. Its key functions come from a struct, so that
/// they are inlined.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value of a record.</typeparam>
/// <typeparam name="TCombined">What the values of one key are combined into.</typeparam>
/// <typeparam name="TCombiner">The functions; a non-generic struct.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CombineTable<TKey, TValue, TCombined, TCombiner> : CombineOutput<TKey, TValue, TCombined>
    where TCombiner : struct, ICombiner<TKey, TValue, TCombined>
{
    private const int InitialSize = 256;

    /// <summary>Chains for each entry that there is room for: few lookups then meet another key first, which would cost a mispredicted branch.</summary>
    private const int ChainsPerEntry = 4;

    private TCombiner _combiner;
    private int[] _heads = new int[InitialSize * ChainsPerEntry];
    private int _shift = 32 - BitOperations.Log2(InitialSize * ChainsPerEntry);
    private Entry[] _entries = new Entry[InitialSize];
    private int _count;

    /// <summary>Makes an empty table.</summary>
    public CombineTable(TCombiner combiner) => _combiner = combiner;

    /// <inheritdoc/>
    public override int Count => _count;

    /// <summary>Adds a value to its key's combination.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TKey key, TValue value)
    {
        var hash = _combiner.Hash(key);
        var entries = _entries;
        var index = _heads[ChainOf(hash)] - 1;
        while ((uint)index < (uint)entries.Length)
        {
            ref var entry = ref entries[index];
            if (entry.Hash == hash && _combiner.AreEqual(entry.Key, key))
            {
                entry.Combined = _combiner.Add(entry.Combined, value);
                return;
            }

            index = entry.Next - 1;
        }

        Append(key, hash, _combiner.Create(value));
    }

    /// <inheritdoc/>
    public override void Write((TKey, TValue) record) => Add(record.Item1, record.Item2);

    /// <inheritdoc/>
    public override void MergeCombined(TKey key, TCombined combined)
    {
        var hash = _combiner.Hash(key);
        for (var index = _heads[ChainOf(hash)] - 1; index >= 0; index = _entries[index].Next - 1)
        {
            ref var entry = ref _entries[index];
            if (entry.Hash == hash && _combiner.AreEqual(entry.Key, key))
            {
                entry.Combined = _combiner.Merge(entry.Combined, combined);
                return;
            }
        }

        Append(key, hash, combined);
    }

    /// <inheritdoc/>
    public override void CopyTo(Span<(TKey, TCombined)> entries)
    {
        for (var index = 0; index < _count; index++)
        {
            entries[index] = (_entries[index].Key, _entries[index].Combined);
        }
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        if (_count > _heads.Length / 64)
        {
            Array.Clear(_heads);
        }
        else
        {
            // After a large batch a small one: only the chains in use are emptied.
            for (var index = 0; index < _count; index++)
            {
                _heads[ChainOf(_entries[index].Hash)] = 0;
            }
        }

        if (RuntimeHelpers.IsReferenceOrContainsReferences<Entry>())
        {
            Array.Clear(_entries, 0, _count);
        }

        _count = 0;
    }

    /// <summary>The upper bits of a product: hashes that differ in some of their bits only (numbers hash to themselves) spread nevertheless.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ChainOf(int hash) => (int)(((uint)hash * 0x9E3779B9u) >> _shift);

    private void Append(TKey key, int hash, TCombined combined)
    {
        if (_count == _entries.Length)
        {
            Grow();
        }

        ref var head = ref _heads[ChainOf(hash)];
        _entries[_count] = new Entry { Hash = hash, Next = head, Key = key, Combined = combined };
        head = ++_count;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, checked(_entries.Length * 2));
        _heads = new int[checked(_entries.Length * ChainsPerEntry)];
        _shift = 32 - BitOperations.Log2((uint)_heads.Length);
        for (var index = 0; index < _count; index++)
        {
            ref var head = ref _heads[ChainOf(_entries[index].Hash)];
            _entries[index].Next = head;
            head = index + 1;
        }
    }

    private struct Entry
    {
        public int Hash;

        /// <summary>The next entry of the chain plus one; zero at its end.</summary>
        public int Next;
        public TKey Key;
        public TCombined Combined;
    }
}
