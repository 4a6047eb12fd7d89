using System.Runtime.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <content>
/// Values that are replaced once or twice in a batch, of entries whose numbers are known: each time the value before is noted, whether it is the entry's first
/// change or not, and a rollback goes through the notes from the last to the first.
/// </content>
internal sealed partial class StateTable<TKey, TImage, TValue, TKeys>
{
    private readonly List<(int Number, TValue Before)> _replaced = [];

    /// <summary>An entry will be asked for soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExpectNumber(int number)
    {
        if ((uint)number < (uint)_count)
        {
            Prefetch.Line(in SegmentOf(number).Values[PlaceOf(number)]);
        }
    }

    /// <summary>Gives an entry another value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Replace(int number, TValue value)
    {
        var (segment, place) = (SegmentToWrite(number), PlaceOf(number));
        if (number < _countBefore)
        {
            _replaced.Add((number, segment.Values[place]));
        }

        segment.Values[place] = value;
        NoteChange(number);
    }

    /// <summary>Behind the journal, whose entries have the values that replacements had given.</summary>
    private void RollbackReplaced()
    {
        for (var index = _replaced.Count - 1; index >= 0; index--)
        {
            var (number, before) = _replaced[index];
            SegmentToWrite(number).Values[PlaceOf(number)] = before;
        }
    }

    private void EndReplaced()
    {
        var used = _replaced.Count;
        _replaced.Clear();
        if (_replaced.Capacity > Math.Max(FewRemoved, 64 * used))
        {
            _replaced.Capacity = used;
        }
    }
}
