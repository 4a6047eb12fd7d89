using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CodegenStreaming.Memory;

/// <summary>Numbers the distinct keys that it is given, in the order of their first appearance. Keys may be null. Not thread-safe.</summary>
/// <param name="pool">Where the keys lie; they go back by <see cref="Release"/>.</param>
/// <param name="capacity">How many keys to have room for at first.</param>
internal sealed class KeyTable<TKey>(BlockPool pool, int capacity = 0) : ITaskMemory
{
    private HashIndex _index = new(Math.Max(capacity, HashIndex.MinimumCapacity));
    private TKey[] _keys = pool.Rent<TKey>(Math.Max(capacity, HashIndex.MinimumCapacity));

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>The keys by their numbers.</summary>
    public ReadOnlySpan<TKey> Keys => _keys.AsSpan(0, Count);

    /// <summary>A key's number; -1 for one that was not added.</summary>
    public int Find(TKey key) => Find(key, HashOf(key));

    /// <summary>The same for a key whose hash is known.</summary>
    public int Find(TKey key, uint hash)
    {
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
    public int Add(TKey key) => Add(key, HashOf(key));

    /// <summary>The same for a key whose hash is known.</summary>
    public int Add(TKey key, uint hash)
    {
        if (Count == _keys.Length || Count == _index.Capacity)
        {
            Reserve(TableSize.Larger(Count));
        }

        // Nearly always the key is in its home bucket, or it is new and there is room.
        var bucket = _index.Home(hash);
        var tag = _index.TagOf(hash);
        for (var found = bucket.Find(tag, (uint)Count); found != 0; found &= found - 1)
        {
            var entry = (int)bucket.EntryOf(found, tag);
            if (EqualityComparer<TKey>.Default.Equals(_keys[entry], key))
            {
                return entry;
            }
        }

        if (!bucket.TryAddFirst(tag, Count))
        {
            if (Find(key, hash) is >= 0 and var known)
            {
                return known;
            }

            _index.Add(Count, hash);
        }

        _keys[Count] = key;
        return Count++;
    }

    /// <summary>A key of this hash will be looked for soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(uint hash) => Prefetch.Line(in _index.Home(hash).First);

    /// <summary>Gives its memory back. It is not to be used afterwards.</summary>
    public void Release()
    {
        pool.Return(_keys, Count);
        _index.Release();
    }

    public void Abandon() => pool.Drop(_keys);

    /// <summary>The same when the index's bucket has come: asks for the key that is probably it.</summary>
    /// <returns>That key's number, or any: to be checked by <see cref="IsKeyOf"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Guess(uint hash)
    {
        var guess = _index.Guess(hash, (uint)Count);
        Prefetch.Element(in MemoryMarshal.GetArrayDataReference(_keys), guess);
        return guess;
    }

    /// <summary>Whether a number that was guessed is a key's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsKeyOf(uint number, TKey key) => number < (uint)Count && EqualityComparer<TKey>.Default.Equals(_keys[number], key);

    /// <summary>Makes room for so many keys.</summary>
    public void Reserve(int capacity)
    {
        if (capacity > _keys.Length)
        {
            _keys = pool.Larger(_keys, Count, capacity);
        }

        if (capacity > _index.Capacity)
        {
            _index = _index.ReplacedBy(capacity);
            for (var entry = 0; entry < Count; entry++)
            {
                _index.Add(entry, HashOf(_keys[entry]));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint HashOf(TKey key) => key is null ? 0 : HashMixing.Mix((ulong)EqualityComparer<TKey>.Default.GetHashCode(key));
}
