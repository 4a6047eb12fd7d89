using System.Runtime.CompilerServices;
using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.State;

/// <content>
/// Changes are transactions of one batch. Before an entry changes its value is noted, whether it is the first change or not; a commit drops the notes, and a
/// rollback goes through them from the last to the first.
/// </content>
internal sealed partial class StateTable<TKey, TImage, TValue, TKeys>
{
    /// <summary>Removed entries up to this number are not worth a compaction.</summary>
    private const int FewRemoved = 1024;

    /// <summary>In a note's number: the entry had changed since the last snapshot.</summary>
    private const int WasChanged = int.MinValue;

    /// <summary>Entries as they were, all of which were live then: no other is found.</summary>
    private (int Number, TValue Value)[] _notes = [];
    private int _noteCount;
    private bool _isInBatch;

    /// <summary>Those behind them need no note.</summary>
    private int _countBefore;

    /// <summary>Removed entries that a compaction had to leave, for the next snapshot to tell of.</summary>
    private int _removedKept;

    /// <summary>Counts compactions: with each of them entries have got new numbers.</summary>
    public int Compactions { get; private set; }

    public bool IsInBatch => _isInBatch;

    /// <summary>The entries that there were at the batch's begin, removed ones included: those behind them have been added in it.</summary>
    public int CountBefore => _countBefore;

    /// <summary>Begins a batch. Where many entries were removed, those that are left move together first.</summary>
    /// <exception cref="InvalidOperationException">A batch has begun and not ended.</exception>
    public void Begin()
    {
        if (_isInBatch)
        {
            throw new InvalidOperationException("The state table's batch has not ended.");
        }

        if (_count - _live - _removedKept > Math.Max(FewRemoved, _live))
        {
            Compact();
        }

        (_isInBatch, _countBefore) = (true, _count);
        _version++;
    }

    /// <summary>Keeps what the batch has changed.</summary>
    public void Commit()
    {
        CheckBatch();
        CommitRewrite();
        EndBatch();
        ShareCommitted();
    }

    /// <summary>Undoes what the batch has changed: keys, values, order, and the set of changes.</summary>
    public void Rollback()
    {
        CheckBatch();
        RollbackRewrite();
        for (var number = _countBefore; number < _count; number++)
        {
            var (segment, place) = (SegmentToWrite(number), PlaceOf(number));
            if (segment.IsLive[place])
            {
                Kill(segment, number);
            }

            segment.Entries[place].Key = default!;
            _changed.Remove(number);
        }

        _count = _countBefore;
        for (var index = _noteCount - 1; index >= 0; index--)
        {
            var (number, value) = _notes[index];
            var isChanged = (number & WasChanged) != 0;
            number &= ~WasChanged;
            var (segment, place) = (SegmentToWrite(number), PlaceOf(number));
            if (!segment.IsLive[place])
            {
                Revive(segment, number);
            }

            segment.Entries[place].Value = value;
            if (!isChanged)
            {
                _changed.Remove(number);
            }
        }

        EndBatch();
        ShareCommitted(); // Entries may have moved when the batch began.
    }

    private void CheckBatch()
    {
        if (!_isInBatch)
        {
            throw new InvalidOperationException("A state changes within a batch only.");
        }
    }

    private void Revive(StateSegment<TKey, TImage, TValue> segment, int number)
    {
        segment.IsLive.Set(PlaceOf(number), true);
        _live++;
        if (_slotsUsed == _index.Capacity)
        {
            BuildIndex(2 * _live); // Enters this entry too.
            return;
        }

        _index.Add(number, HashAt(segment, PlaceOf(number)));
        _slotsUsed++;
    }

    private void EndBatch()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TValue>())
        {
            _notes.AsSpan(0, _noteCount).Clear();
        }

        if (_notes.Length > Math.Max(FewRemoved, 64 * _noteCount))
        {
            _notes = []; // One large batch among small ones is forgotten.
        }

        _noteCount = 0;
        _isInBatch = false;
        _version++;
    }

    /// <summary>Gives the entries new places without the removed ones between them, except those that the next snapshot must tell of.</summary>
    private void Compact()
    {
        var (segments, count, changed) = (_segments, _count, _changed);
        UnshareCommitted();
        (_segments, _segmentCount, _segmentsAreShared, _count, _changed) = ([], 0, false, 0, new());
        _keys.Renew();
        for (var number = 0; number < count; number++)
        {
            var (before, from) = (segments[number >> StateSegment<TKey, TImage, TValue>.LogLength], PlaceOf(number));
            if (before.IsLive[from] || changed.Contains(number))
            {
                var (segment, place) = (SegmentToWrite(_count), PlaceOf(_count));
                segment.Entries[place].Key = _keys.Keep(before.Entries[from].Key);
                if (KeptImages<TImage>.AreKept)
                {
                    segment.Images[place] = before.Images[from];
                }

                segment.Entries[place].Value = before.Entries[from].Value;
                segment.IsLive.Set(place, before.IsLive[from]);
                if (changed.Contains(number))
                {
                    _changed.Add(_count);
                }

                _count++;
            }
        }

        _removedKept = _count - _live;
        Compactions++;
        BuildIndex(_live);
    }
}
