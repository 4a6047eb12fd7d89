using System.Runtime.CompilerServices;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <content>Values that are replaced in their places, of entries whose numbers are known.</content>
internal sealed partial class StateTable<TKey, TImage, TValue, TKeys>
{
    /// <summary>An entry will be asked for soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExpectNumber(int number)
    {
        if ((uint)number < (uint)_count)
        {
            Prefetch.Whole(in SegmentOf(number).Entries[PlaceOf(number)]);
        }
    }

    /// <summary>Where an entry's value is, until a key is added or removed. It is written to only right behind <see cref="Note"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TValue ValueAt(int number) => ref WritableSegment(number).Entries[PlaceOf(number)].Value;

    /// <summary>The same for an entry that is probably a key's; a null reference where it is not. No entry may have been removed since it was found.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TValue ValueIfOf(int number, TKey key, TImage image)
    {
        if (number >= 0)
        {
            var (segment, place) = (WritableSegment(number), PlaceOf(number));
            ref var entry = ref segment.Entries[place];
            if (_keys.AreEqual(in entry.Key, KeptImages<TImage>.AreKept ? segment.Images[place] : default, key, image))
            {
                return ref entry.Value;
            }
        }

        return ref Unsafe.NullRef<TValue>();
    }

    /// <summary>An entry's value is about to be replaced, or the entry to be removed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Note(int number, in TValue before)
    {
        if (number < _countBefore)
        {
            if (_noteCount == _notes.Length)
            {
                Array.Resize(ref _notes, Math.Max(FewRemoved, 2 * _noteCount));
            }

            _notes[_noteCount++] = (tracksChanges && _changed.Contains(number) ? number | WasChanged : number, before);
        }

        NoteChange(number);
    }

    /// <summary>Gives an entry another value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Replace(int number, TValue value)
    {
        ref var place = ref ValueAt(number);
        Note(number, in place);
        place = value;
    }
}
