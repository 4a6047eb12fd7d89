using System.Runtime.CompilerServices;

namespace CodegenStreaming.Memory;

/// <summary>Numbers the distinct keys that it is given, in the order of their first appearance. Keys may be null. Not thread-safe.</summary>
internal sealed class KeyTable<TKey>
{
    private HashIndex _index = new(HashIndex.MinimumCapacity);
    private TKey[] _keys = [];
    private uint[] _hashes = [];

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>The keys by their numbers.</summary>
    public ReadOnlySpan<TKey> Keys => _keys.AsSpan(0, Count);

    /// <summary>A key's number; -1 for one that was not added.</summary>
    public int Find(TKey key)
    {
        var hash = HashOf(key);
        var tag = _index.TagOf(hash);
        var number = _index.HomeOf(hash);
        for (var bucket = _index.Home(hash); ; bucket = _index.After(ref number))
        {
            for (var found = bucket.Find(tag, (uint)Count); found != 0; found &= found - 1)
            {
                var entry = (int)bucket.EntryOf(found, tag);
                if (EqualityComparer<TKey>.Default.Equals(_keys[entry], key))
                {
                    return entry;
                }
            }

            if (bucket.HasFree)
            {
                return -1;
            }
        }
    }

    /// <summary>A key's number; the next one for a key that is new.</summary>
    public int Add(TKey key)
    {
        var known = Find(key);
        if (known >= 0)
        {
            return known;
        }

        if (Count == _keys.Length)
        {
            Grow();
        }

        var hash = HashOf(key);
        _index.Add(Count, hash);
        (_keys[Count], _hashes[Count]) = (key, hash);
        return Count++;
    }

    private void Grow()
    {
        var capacity = TableSize.Larger(Count);
        Array.Resize(ref _keys, capacity);
        Array.Resize(ref _hashes, capacity);
        if (capacity > _index.Capacity)
        {
            _index = new HashIndex(capacity);
            for (var entry = 0; entry < Count; entry++)
            {
                _index.Add(entry, _hashes[entry]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint HashOf(TKey key) => key is null ? 0 : HashMixing.Mix((ulong)EqualityComparer<TKey>.Default.GetHashCode(key));
}
