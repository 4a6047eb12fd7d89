using System.Runtime.CompilerServices;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <summary>What a table's values show of themselves.</summary>
internal interface IShownState<TValue, TState>
{
    static abstract TState Of(in TValue value);
}

/// <summary>Values that are states.</summary>
internal readonly struct WholeState<TState> : IStoredState<TState, TState>
{
    public static bool HasTime => false;

    public static TState Of(in TState value) => value;

    public static TState Store(TState state, long time) => state;

    public static long TimeOf(in TState stored) => long.MaxValue;
}

/// <summary>
/// The keys and states of a table after a batch, as a block. It is read where it lies; who asks for its records as rows gets a copy, made once. Before
/// the table changes it is detached: what somebody still needs is copied then. Thread-safe.
/// </summary>
internal sealed class StateView<TKey, TImage, TValue, TState, TShown>(
    StateSegment<TKey, TImage, TValue>[] segments, int numbers, int live, BlockPool pool) : Block<(TKey, TState)>
    where TImage : unmanaged, IKeyImage
    where TShown : struct, IShownState<TValue, TState>
{
    private readonly Lock _lock = new();
    private volatile (TKey, TState)[]? _copy;
    private volatile bool _isFreed;

    public override int Count => live;

    /// <summary>Until it is copied. Then the copy is as good.</summary>
    public override bool IsInPieces => _copy is null;

    public override ReadOnlySpan<(TKey, TState)> Records => Copied().AsSpan(0, live);

    public override long ByteSize => (long)live * Unsafe.SizeOf<(TKey, TState)>();

    /// <remarks>
    /// An entry is believed only if there is no copy after it was read: the copy is made before the table changes. From the copy on, that is read.
    /// </remarks>
    public override IEnumerable<(TKey, TState)> Read()
    {
        var read = 0;
        for (var number = 0; read < live && _copy is null; number++)
        {
            CheckAlive();
            var (pair, isLive) = At(number);
            Volatile.ReadBarrier();
            if (_copy is null && isLive)
            {
                read++;
                yield return pair;
            }
        }

        for (; read < live; read++)
        {
            CheckAlive();
            yield return Copied()[read];
        }
    }

    /// <remarks>As for <see cref="Read"/>: a segment is believed only if there is no copy after it was read.</remarks>
    public override IEnumerable<Block<(TKey, TState)>> ReadPieces()
    {
        var room = pool.Rent<(TKey, TState)>(StateSegment<TKey, TImage, TValue>.Length);
        try
        {
            var piece = new ReusedBlock<(TKey, TState)>(room);
            var read = 0;
            for (var first = 0; first < numbers && read < live && _copy is null; first += StateSegment<TKey, TImage, TValue>.Length)
            {
                CheckAlive();
                piece.SetCount(ReadSegment(first, piece.Room));
                Volatile.ReadBarrier();
                if (_copy is null && piece.Count > 0)
                {
                    read += piece.Count;
                    yield return piece;
                }
            }

            while (read < live)
            {
                CheckAlive();
                var rest = Copied().AsSpan(read, Math.Min(live - read, StateSegment<TKey, TImage, TValue>.Length));
                rest.CopyTo(piece.Room);
                piece.SetCount(rest.Length);
                read += rest.Length;
                yield return piece;
            }
        }
        finally
        {
            pool.Return(room, room.Length);
        }
    }

    /// <summary>The table is about to change. Whoever has the block sees what was there before.</summary>
    public void Detach()
    {
        lock (_lock)
        {
            if (!_isFreed)
            {
                Copy();
                Volatile.WriteBarrier(); // The copy is seen before a change is.
            }
        }
    }

    private protected override void Free()
    {
        lock (_lock)
        {
            _isFreed = true;
            if (_copy is { } copy)
            {
                pool.Return(copy, live);
            }
        }
    }

    private (TKey, TState)[] Copied()
    {
        if (_copy is { } copy && !_isFreed)
        {
            return copy;
        }

        lock (_lock)
        {
            CheckAlive();
            return Copy();
        }
    }

    private (TKey, TState)[] Copy()
    {
        if (_copy is { } known)
        {
            return known;
        }

        var copy = pool.Rent<(TKey, TState)>(live);
        var count = 0;
        for (var first = 0; first < numbers; first += StateSegment<TKey, TImage, TValue>.Length)
        {
            count += ReadSegment(first, copy.AsSpan(count));
        }

        return _copy = copy;
    }

    /// <summary>The pairs of a segment.</summary>
    /// <returns>How many there are.</returns>
    private int ReadSegment(int first, Span<(TKey, TState)> room)
    {
        var segment = segments[first >> StateSegment<TKey, TImage, TValue>.LogLength];
        var length = Math.Min(StateSegment<TKey, TImage, TValue>.Length, numbers - first);
        var entries = segment.Entries.AsSpan(0, length);
        if (room.Length >= length && segment.IsLive.AreAll(length))
        {
            for (var place = 0; place < entries.Length && place < room.Length; place++)
            {
                room[place] = (entries[place].Key, TShown.Of(in entries[place].Value));
            }

            return length;
        }

        var count = 0;
        foreach (var place in segment.IsLive.Places(length))
        {
            if (count == room.Length)
            {
                break;
            }

            room[count++] = (entries[place].Key, TShown.Of(in entries[place].Value));
        }

        return count;
    }

    private ((TKey, TState) Pair, bool IsLive) At(int number)
    {
        var (segment, place) = (segments[number >> StateSegment<TKey, TImage, TValue>.LogLength], number & (StateSegment<TKey, TImage, TValue>.Length - 1));
        return ((segment.Entries[place].Key, TShown.Of(in segment.Entries[place].Value)), segment.IsLive[place]);
    }

    private void CheckAlive()
    {
        if (_isFreed)
        {
            throw new ObjectDisposedException(nameof(Block<TState>), "The block's batch is over and its memory went back to the pool.");
        }
    }
}
