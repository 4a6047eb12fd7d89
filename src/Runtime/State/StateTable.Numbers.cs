using System.Runtime.CompilerServices;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <content>
/// Entries by their numbers, for operators that look up many keys: they ask for what they will need some records ahead, and keep numbers within a batch,
/// where an entry's number never changes.
/// </content>
internal sealed partial class StateTable<TKey, TImage, TValue, TKeys>
{
    /// <summary>Tables up to this size lie in the cache of one core, where asking ahead is more work than waiting.</summary>
    private const int FewEntries = 8 * 1024;

    /// <summary>The numbers that there are, those of removed entries included.</summary>
    public int NumberCount => _count;

    /// <summary>Whether it pays to ask for entries ahead.</summary>
    public bool IsLarge => _count > FewEntries;

    public TImage ImageOf(TKey key) => _keys.ImageOf(key);

    /// <summary>A key of this image will be looked for soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(TImage image) => Prefetch.Line(in _index.Home(image.Hash).First);

    /// <summary>The same when the index's bucket has come: asks for the entry that is probably the key's.</summary>
    /// <returns>That entry's number; -1 where there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ExpectEntry(TImage image)
    {
        var tag = _index.TagOf(image.Hash);
        var bucket = _index.Home(image.Hash);
        var found = bucket.Find(tag, (uint)_count);
        if (found == 0)
        {
            return -1;
        }

        var number = (int)bucket.EntryOf(found, tag);
        var (segment, place) = (SegmentOf(number), PlaceOf(number));
        Prefetch.Whole(in segment.Entries[place]);
        if (KeptImages<TImage>.AreKept)
        {
            Prefetch.Line(in segment.Images[place]);
        }

        return number;
    }

    /// <summary>A key's number; -1 where it is not in the table.</summary>
    public int NumberOf(TKey key, TImage image)
    {
        var hash = image.Hash;
        var tag = _index.TagOf(hash);
        var home = _index.HomeOf(hash);
        for (var bucket = _index.Home(hash); ; bucket = _index.After(ref home))
        {
            for (var found = bucket.Find(tag, (uint)_count); found != 0; found &= found - 1)
            {
                var number = (int)bucket.EntryOf(found, tag);
                var (segment, place) = (SegmentOf(number), PlaceOf(number));
                if (_keys.AreEqual(in segment.Entries[place].Key, KeptImages<TImage>.AreKept ? segment.Images[place] : default, key, image))
                {
                    return number;
                }
            }

            if (bucket.HasFree)
            {
                return -1;
            }
        }
    }

    /// <summary>Adds a key that is not in the table.</summary>
    /// <returns>Its number.</returns>
    public int Add(TKey key, TImage image, TValue value) => Append(key, image, value);

    /// <summary>Whether an entry has not been removed.</summary>
    public bool IsLive(int number) => SegmentOf(number).IsLive[PlaceOf(number)];

    public TKey KeyOf(int number) => SegmentOf(number).Entries[PlaceOf(number)].Key;

    public TValue ValueOf(int number) => SegmentOf(number).Entries[PlaceOf(number)].Value;

    public void SetValue(int number, TValue value) => Write(number, value);

    public void RemoveAt(int number) => Remove(number);

    /// <summary>Whether a key is that of an entry.</summary>
    public bool IsKeyOf(int number, TKey key, TImage image)
    {
        var (segment, place) = (SegmentOf(number), PlaceOf(number));
        return segment.IsLive[place] && _keys.AreEqual(in segment.Entries[place].Key, KeptImages<TImage>.AreKept ? segment.Images[place] : default, key, image);
    }
}
