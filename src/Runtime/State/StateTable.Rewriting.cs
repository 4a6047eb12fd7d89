using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.State;

/// <content>
/// Batches that give every entry a new value. Such values go to a second array of each segment, which takes the first one's place when the batch is
/// committed: so nothing is noted and nothing copied, and a rollback forgets them.
/// </content>
internal sealed partial class StateTable<TKey, TImage, TValue, TKeys>
{
    private readonly List<int> _toRemove = [];
    private bool _isRewriting;
    private bool _hasNewValues;

    /// <summary>Gives every entry a new value or removes it, in their order. Nobody sees that before the batch is committed.</summary>
    /// <param name="update">Says what each entry becomes.</param>
    /// <param name="cancellation">Asked once for each segment.</param>
    public void Rewrite<TUpdate>(ref TUpdate update, CancellationToken cancellation)
        where TUpdate : struct, IStateUpdate<TKey, TValue>
    {
        BeginRewrite();
        for (var first = 0; first < _count; first += StateSegment<TKey, TImage, TValue>.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            var segment = SegmentOf(first);
            var length = Math.Min(StateSegment<TKey, TImage, TValue>.Length, _count - first);
            var entries = segment.Entries.AsSpan(0, length);
            var newEntries = segment.RoomForNewValues().AsSpan(0, length);
            foreach (var place in segment.IsLive.Places(length))
            {
                if (!update.Update(first + place, in entries[place].Key, in entries[place].Value, ref newEntries[place].Value))
                {
                    _toRemove.Add(first + place);
                }
            }
        }
    }

    /// <summary>Begins to rewrite: every entry is to be given a value by <see cref="Rewrite(int, TValue)"/> or to be removed by <see cref="Leave"/>.</summary>
    public void BeginRewrite()
    {
        CheckBatch();
        Debug.Assert(_noteCount == 0 && _toRemove.Count == 0, "A batch either rewrites all entries or changes some.");
        (_isRewriting, _hasNewValues) = (true, true);
    }

    /// <summary>Gives an entry its new value.</summary>
    public void Rewrite(int number, TValue value) => SegmentOf(number).RoomForNewValues()[PlaceOf(number)].Value = value;

    /// <summary>Removes an entry when the batch is committed.</summary>
    public void Leave(int number) => _toRemove.Add(number);

    private void CommitRewrite()
    {
        if (!_isRewriting)
        {
            return;
        }

        for (var index = 0; index < _segmentCount; index++)
        {
            var first = index << StateSegment<TKey, TImage, TValue>.LogLength;
            var length = Math.Min(StateSegment<TKey, TImage, TValue>.Length, _count - first);
            var segment = SegmentToWrite(first);
            if (tracksChanges)
            {
                NoteRewritten(segment, first, length);
            }

            segment.TakeNewValues(length);
        }

        foreach (var number in _toRemove)
        {
            NoteChange(number);
            Kill(SegmentToWrite(number), number);
        }

        EndRewrite();
    }

    /// <summary>
    /// Most entries keep their values where only some had records: those are no change. Values with references always are one, since a function may have changed
    /// the object that it gave back.
    /// </summary>
    private void NoteRewritten(StateSegment<TKey, TImage, TValue> segment, int first, int length)
    {
        var (entries, newEntries) = (segment.Entries, segment.RoomForNewValues());
        foreach (var place in segment.IsLive.Places(length))
        {
            if (RuntimeHelpers.IsReferenceOrContainsReferences<TValue>() || !BytesOf(ref entries[place].Value).SequenceEqual(BytesOf(ref newEntries[place].Value)))
            {
                _changed.Add(first + place);
            }
        }
    }

    // The bytes of one value that holds no references, as long as the value. Bytes between its fields may differ where the fields do not: that costs a write.
    private static ReadOnlySpan<byte> BytesOf(ref TValue value) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TValue, byte>(ref value), Unsafe.SizeOf<TValue>());

    private void RollbackRewrite()
    {
        for (var index = 0; _isRewriting && index < _segmentCount; index++)
        {
            _segments[index].ForgetNewValues();
        }

        EndRewrite();
    }

    private void EndRewrite()
    {
        _isRewriting = false;
        var used = _toRemove.Count;
        _toRemove.Clear();
        if (_toRemove.Capacity > Math.Max(FewRemoved, 64 * used))
        {
            _toRemove.Capacity = used;
        }
    }
}

/// <summary>What becomes of an entry when all of them are rewritten. Implemented by structs, so that the table's code is compiled for exactly this function.</summary>
internal interface IStateUpdate<TKey, TValue>
{
    /// <summary>Gives an entry its new value; false where it is removed.</summary>
    bool Update(int number, in TKey key, in TValue value, ref TValue newValue);
}
