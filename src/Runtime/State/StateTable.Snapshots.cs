using System.Runtime.CompilerServices;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <content>
/// Snapshots by epochs. Taking one raises the epoch and touches nothing else; who first writes to a segment of an older epoch copies it and leaves the
/// old one to the snapshot, which another thread may read meanwhile.
/// </content>
internal sealed partial class StateTable<TKey, TImage, TValue, TKeys>
{
    private StateSegment<TKey, TImage, TValue>[] _segments = [];

    /// <summary>The segments that there are, in an array that has room for more.</summary>
    private int _segmentCount;

    /// <summary>True while a snapshot may hold the array of segments.</summary>
    private bool _segmentsAreShared;
    private NumberSet _changed = new();
    private long _epoch;

    /// <summary>Snapshots in use; they are given back on other threads.</summary>
    private int _snapshots;

    private static long SegmentBytes => ((long)StateSegment<TKey, TImage, TValue>.Length
        * (Unsafe.SizeOf<StateEntry<TKey, TValue>>() + KeptImages<TImage>.Size)) + (StateSegment<TKey, TImage, TValue>.Length / 8);

    /// <summary>From now on snapshots know what has changed since the one before. Before the first batch.</summary>
    public void TrackChanges() => tracksChanges = true;

    /// <summary>The table as it is now, and what has changed since the last time. Between batches only.</summary>
    public StateSnapshot<TKey, TImage, TValue> TakeSnapshot()
    {
        if (_isInBatch)
        {
            throw new InvalidOperationException("A snapshot is taken between batches.");
        }

        var snapshot = new StateSnapshot<TKey, TImage, TValue>(_segments, _count, _live, _changed, () => Interlocked.Decrement(ref _snapshots));
        Interlocked.Increment(ref _snapshots);
        _changed = new();
        _removedKept = 0;
        _segmentsAreShared = true;
        _epoch++;
        return snapshot;
    }

    /// <summary>The table as it is now, until it changes: it is for whoever changes it to detach the view first. Between batches only.</summary>
    public StateView<TKey, TImage, TValue, TState, TShown> Show<TState, TShown>(BlockPool pool)
        where TShown : struct, IShownState<TValue, TState> => new(_segments, _count, _live, pool);

    private void NoteChange(int number)
    {
        if (tracksChanges)
        {
            _changed.Add(number);
        }
    }

    private static int PlaceOf(int number) => number & (StateSegment<TKey, TImage, TValue>.Length - 1);

    private StateSegment<TKey, TImage, TValue> SegmentOf(int number) => _segments[number >> StateSegment<TKey, TImage, TValue>.LogLength];

    /// <summary>An entry's segment, no snapshot's any more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private StateSegment<TKey, TImage, TValue> WritableSegment(int number)
    {
        var segment = SegmentOf(number);
        return segment.Epoch == _epoch ? segment : SegmentToWrite(number);
    }

    /// <summary>The same for one that there may not be yet: a new one for the first entry behind the last segment.</summary>
    private StateSegment<TKey, TImage, TValue> SegmentToWrite(int number)
    {
        var index = number >> StateSegment<TKey, TImage, TValue>.LogLength;
        if (index == _segmentCount)
        {
            if (index == _segments.Length)
            {
                Array.Resize(ref _segments, Math.Max(4, 2 * index));
                _segmentsAreShared = false;
            }

            // A snapshot that shares the array has no entry in this segment.
            _segmentCount++;
            return _segments[index] = new(_epoch);
        }

        var segment = _segments[index];
        if (segment.Epoch == _epoch)
        {
            return segment;
        }

        if (Volatile.Read(ref _snapshots) == 0)
        {
            segment.Epoch = _epoch;
            return segment;
        }

        if (_segmentsAreShared)
        {
            _segments = (StateSegment<TKey, TImage, TValue>[])_segments.Clone();
            _segmentsAreShared = false;
        }

        return _segments[index] = segment.CopyFor(_epoch);
    }
}
