using System.Runtime.CompilerServices;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <summary>
/// The state of one operator's partition: a hash table that outlives its batches. It lies on the index that combine tables lie on; its entries are dense
/// and in the order of their insertion, in segments of at most 64 KB. Used by one thread at a time.
/// <list type="bullet">
/// <item>A change belongs to a batch (<see cref="Begin"/>), which is committed or rolled back as a whole.</item>
/// <item>A snapshot costs nothing when it is taken; whoever first writes to a segment afterwards copies it.</item>
/// <item>What has changed since the last snapshot is known, so that a checkpoint writes no more than that.</item>
/// <item>Nobody holds a reference into the table: an <see cref="Entry"/> knows when the table has moved on, and then throws.</item>
/// </list>
/// </summary>
/// <param name="keys">How keys are hashed, compared and kept.</param>
/// <param name="tracksChanges">Whether snapshots are to know what has changed since the one before. Without it, removed entries need not wait for one.</param>
internal sealed partial class StateTable<TKey, TImage, TValue, TKeys>(TKeys keys, bool tracksChanges = true)
    where TImage : unmanaged, IKeyImage
    where TKeys : struct, IStateKeys<TKey, TImage>
{
    private TKeys _keys = keys;
    private HashIndex _index = new(HashIndex.MinimumCapacity);

    /// <summary>Slots of the index that are not free: those of live entries and of removed ones.</summary>
    private int _slotsUsed;

    /// <summary>Entries, the removed ones that still have their place included.</summary>
    private int _count;
    private int _live;

    /// <summary>Counts what makes entries and enumerators that are in somebody's hands invalid.</summary>
    private long _version;

    /// <summary>The number of keys.</summary>
    public int Count => _live;

    /// <summary>What the table occupies, apart from objects that keys and values refer to and from what only snapshots hold.</summary>
    public long ByteSize => _index.ByteSize + ((long)_segmentCount * SegmentBytes) + (_hasNewValues ? _segmentCount * StateSegment<TKey, TImage, TValue>.EntryBytes : 0);

    /// <summary>A key's entry, there or not.</summary>
    public Entry Find(TKey key)
    {
        var image = _keys.ImageOf(key);
        return new Entry(this, key, image, NumberOf(key, image));
    }

    public bool TryGet(TKey key, out TValue value)
    {
        var number = NumberOf(key, _keys.ImageOf(key));
        value = number >= 0 ? SegmentOf(number).Entries[PlaceOf(number)].Value : default!;
        return number >= 0;
    }

    /// <summary>Adds a key or changes its value.</summary>
    public void Set(TKey key, TValue value)
    {
        var entry = Find(key);
        entry.Value = value;
    }

    /// <summary>The entries, in the order in which their keys were added.</summary>
    public Enumerator GetEnumerator() => new(this);

    private int Append(TKey key, TImage image, TValue value)
    {
        CheckBatch();
        if (_slotsUsed == _index.Capacity || _count == _index.Capacity)
        {
            BuildIndex(2 * Math.Max(_live, _count / 2));
        }

        var number = _count;
        var segment = SegmentToWrite(number);
        var place = PlaceOf(number);
        segment.Entries[place].Key = _keys.Keep(key);
        if (KeptImages<TImage>.AreKept)
        {
            segment.Images[place] = image;
        }

        segment.Entries[place].Value = value;
        segment.IsLive.Set(place, true);
        _index.Add(number, image.Hash);
        _slotsUsed++;
        _count++;
        _live++;
        _version++;
        NoteChange(number);
        return number;
    }

    private void Write(int number, TValue value)
    {
        CheckBatch();
        Replace(number, value);
    }

    private void Remove(int number)
    {
        CheckBatch();
        Note(number, in ValueAt(number));
        Kill(SegmentToWrite(number), number);
    }

    /// <summary>Removes an entry from the index and lets its value go.</summary>
    private void Kill(StateSegment<TKey, TImage, TValue> segment, int number)
    {
        var place = PlaceOf(number);
        if (_index.Remove(number, HashAt(segment, place)))
        {
            _slotsUsed--;
        }

        segment.IsLive.Set(place, false);
        segment.Entries[place].Value = default!;
        _live--;
        _version++;
    }

    private uint HashAt(StateSegment<TKey, TImage, TValue> segment, int place) =>
        (KeptImages<TImage>.AreKept ? segment.Images[place] : _keys.ImageOf(segment.Entries[place].Key)).Hash;

    private void BuildIndex(int capacity)
    {
        ReplaceIndex(Math.Max(capacity, _count + 1));
        for (var number = 0; number < _count; number++)
        {
            var (segment, place) = (SegmentOf(number), PlaceOf(number));
            if (segment.IsLive[place])
            {
                _index.Add(number, HashAt(segment, place));
            }
        }

        _slotsUsed = _live;
    }
}
