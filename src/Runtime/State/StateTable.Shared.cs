using System.Diagnostics.CodeAnalysis;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <content>
/// Reading on other threads while a batch may be changing the table. Nothing is locked and nobody waits: what is read may be of two batches, which the reader
/// finds out by the table's <see cref="StateDoor"/> and then reads again. Until then it is only held, never looked at. What is looked at cannot be torn: an entry
/// of an earlier batch keeps its key in its place for as long as its segment is used, and an index keeps its memory once somebody has begun to read.
/// </content>
internal sealed partial class StateTable<TKey, TImage, TValue, TKeys>
{
    /// <summary>The index, as other threads see it: whole, before or after it was replaced. Made with the first batch.</summary>
    private volatile SharedIndex? _sharedIndex;

    /// <summary>The entries of batches that are committed.</summary>
    private volatile int _committedCount;
    private volatile bool _isShared;

    /// <summary>Somebody is about to read on another thread, now and later.</summary>
    public void Share()
    {
        _isShared = true;
        Interlocked.MemoryBarrier(); // Whoever replaces the index after this sees that its memory is in use.
    }

    /// <summary>Looks a key up.</summary>
    /// <returns>False where the table was being rebuilt.</returns>
    public bool TryFind(TKey key, [MaybeNull] out TValue value, out bool exists)
    {
        (value, exists) = (default, false);
        var segments = Volatile.Read(ref _segments); // Before the count: see UnshareCommitted.
        var (count, shared) = (_committedCount, _sharedIndex);
        if (count == 0)
        {
            return true;
        }

        if (shared is null)
        {
            return false;
        }

        var image = _keys.ImageOf(key);
        var index = shared.Index;
        var tag = index.TagOf(image.Hash);
        var home = index.HomeOf(image.Hash);
        var bucket = index.Home(image.Hash);
        for (var bucketsLeft = index.BucketCount; bucketsLeft > 0; bucketsLeft--)
        {
            for (var found = bucket.Find(tag, (uint)count); found != 0; found &= found - 1)
            {
                var number = (int)bucket.EntryOf(found, tag);
                if ((uint)number >= (uint)count || SharedSegment(segments, number) is not { } segment)
                {
                    return false; // The slot or the segments have changed since.
                }

                var place = PlaceOf(number);
                ref readonly var entry = ref segment.Entries[place];
                if (_keys.AreEqual(in entry.Key, KeptImages<TImage>.AreKept ? segment.Images[place] : default, key, image))
                {
                    exists = segment.IsLive[place];
                    value = entry.Value;
                    GC.KeepAlive(shared);
                    return true;
                }
            }

            if (bucket.HasFree)
            {
                GC.KeepAlive(shared);
                return true;
            }

            bucket = index.After(ref home);
        }

        return false;
    }

    /// <summary>Adds all entries to a list.</summary>
    /// <param name="entries">The list.</param>
    /// <param name="goesOn">Asked now and then whether it is still worth it.</param>
    /// <returns>False where the table was being rebuilt, or it was not.</returns>
    public bool TryCopy(List<(TKey Key, TValue Value)> entries, Func<bool> goesOn)
    {
        var segments = Volatile.Read(ref _segments); // Before the count: see UnshareCommitted.
        var count = _committedCount;
        for (var first = 0; first < count; first += StateSegment<TKey, TImage, TValue>.Length)
        {
            if (!goesOn() || SharedSegment(segments, first) is not { } segment)
            {
                return false;
            }

            var some = segment.Entries;
            foreach (var place in segment.IsLive.Places(Math.Min(some.Length, count - first)))
            {
                entries.Add(some[place].Pair);
            }
        }

        return true;
    }

    private static StateSegment<TKey, TImage, TValue>? SharedSegment(StateSegment<TKey, TImage, TValue>[] segments, int number)
    {
        var index = number >> StateSegment<TKey, TImage, TValue>.LogLength;
        return index < segments.Length ? Volatile.Read(ref segments[index]) : null;
    }

    /// <summary>Takes another index into use. Nobody is left to read the memory of the one before where nobody ever read on another thread.</summary>
    private void ReplaceIndex(int capacity)
    {
        var before = _index;
        _index = new HashIndex(capacity);
        _sharedIndex = new SharedIndex(_index);
        Interlocked.MemoryBarrier();
        if (!_isShared)
        {
            before.Release();
        }
    }

    /// <summary>The batch's entries are there to be read.</summary>
    private void ShareCommitted()
    {
        _sharedIndex ??= new SharedIndex(_index);
        _committedCount = _count;
    }

    /// <summary>
    /// Entries are about to move to new segments, where no key may be looked at while it is written: who sees those segments finds no entries in them.
    /// </summary>
    private void UnshareCommitted()
    {
        _committedCount = 0;
        Volatile.Write(ref _segments, []);
    }

    private sealed class SharedIndex(HashIndex index)
    {
        public HashIndex Index => index;
    }
}
