using System.Runtime.CompilerServices;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <content>
/// Values that are replaced in their places, of entries whose numbers are known: each time the value before is noted, whether it is the entry's first change or
/// not, and a rollback goes through the notes from the last to the first.
/// </content>
internal sealed partial class StateTable<TKey, TImage, TValue, TKeys>
{
    private (int Number, TValue Before)[] _replaced = [];
    private int _replacedCount;

    /// <summary>An entry will be asked for soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExpectNumber(int number)
    {
        if ((uint)number < (uint)_count)
        {
            Prefetch.Whole(in SegmentOf(number).Entries[PlaceOf(number)]);
        }
    }

    /// <summary>Where an entry's value is, until a key is added or removed. It is written to only right behind <see cref="NoteReplaced"/>.</summary>
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

    /// <summary>An entry's value is about to be replaced.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteReplaced(int number, in TValue before)
    {
        if (number < _countBefore)
        {
            if (_replacedCount == _replaced.Length)
            {
                Array.Resize(ref _replaced, Math.Max(FewRemoved, 2 * _replacedCount));
            }

            _replaced[_replacedCount++] = (number, before);
        }

        NoteChange(number);
    }

    /// <summary>Gives an entry another value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Replace(int number, TValue value)
    {
        ref var place = ref ValueAt(number);
        NoteReplaced(number, in place);
        place = value;
    }

    /// <summary>Behind the journal, whose entries have the values that replacements had given.</summary>
    private void RollbackReplaced()
    {
        for (var index = _replacedCount - 1; index >= 0; index--)
        {
            var (number, before) = _replaced[index];
            SegmentToWrite(number).Entries[PlaceOf(number)].Value = before;
        }
    }

    private void EndReplaced()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TValue>())
        {
            _replaced.AsSpan(0, _replacedCount).Clear();
        }

        if (_replaced.Length > Math.Max(FewRemoved, 64 * _replacedCount))
        {
            _replaced = []; // One large batch among small ones is forgotten.
        }

        _replacedCount = 0;
    }
}
