using System.Numerics;
using System.Runtime.CompilerServices;
using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.State;

/// <summary>
/// A run of a state table's entries, at most 64 KB. A key and its value lie together: who has waited for one has the other. Once a snapshot's epoch has passed
/// it is never written again: its writer takes a copy.
/// </summary>
internal sealed class StateSegment<TKey, TImage, TValue>
    where TImage : unmanaged, IKeyImage
{
    private const int MaximumBytes = 64 * 1024;

    /// <summary>Where a batch that rewrites all values writes them; null until the first one.</summary>
    private StateEntry<TKey, TValue>[]? _newEntries;

    /// <summary>The first of those, which have their keys: those of entries of earlier batches, which never change.</summary>
    private int _newKeys;

    public StateSegment(long epoch)
        : this(epoch, new StateEntry<TKey, TValue>[Length], KeptImages<TImage>.New(Length), new LiveSet(Length))
    {
    }

    private StateSegment(long epoch, StateEntry<TKey, TValue>[] entries, TImage[] images, LiveSet isLive) =>
        (Epoch, Entries, Images, IsLive) = (epoch, entries, images, isLive);

    /// <summary>The entries of a segment are a power of two: of an entry's number the upper bits say the segment, the lower ones the place.</summary>
    // Computed and not kept: the JIT knows all of it, while a static field of a class that is generic over a reference type has to be looked for.
    public static int LogLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BitOperations.Log2((uint)Math.Max(
            1, (MaximumBytes - (MaximumBytes / 64)) / (Unsafe.SizeOf<StateEntry<TKey, TValue>>() + KeptImages<TImage>.Size)));
    }

    public static int Length => 1 << LogLength;

    /// <summary>What the entries occupy.</summary>
    public static long EntryBytes => (long)Length * Unsafe.SizeOf<StateEntry<TKey, TValue>>();

    /// <summary>The epoch in which the segment was made or copied.</summary>
    public long Epoch { get; set; }

    public StateEntry<TKey, TValue>[] Entries { get; private set; }

    public TImage[] Images { get; }

    /// <summary>False for entries that were removed; they keep their keys until nobody has to be told of it.</summary>
    public LiveSet IsLive { get; }

    /// <summary>A copy for the writer; a snapshot keeps this one, which needs no room for new values any more.</summary>
    public StateSegment<TKey, TImage, TValue> CopyFor(long epoch)
    {
        var copy = new StateSegment<TKey, TImage, TValue>(epoch, (StateEntry<TKey, TValue>[])Entries.Clone(), (TImage[])Images.Clone(), IsLive.Clone())
        {
            _newEntries = _newEntries,
            _newKeys = _newKeys,
        };
        _newEntries = null;
        return copy;
    }

    /// <summary>Room for new values, kept from one batch to the next.</summary>
    public StateEntry<TKey, TValue>[] RoomForNewValues() => _newEntries ??= new StateEntry<TKey, TValue>[Length];

    /// <summary>The new values take the place of the old ones.</summary>
    /// <param name="count">The entries of the segment.</param>
    public void TakeNewValues(int count)
    {
        var entries = RoomForNewValues();
        for (; _newKeys < count; _newKeys++)
        {
            entries[_newKeys].Key = Entries[_newKeys].Key;
        }

        (Entries, _newEntries) = (entries, Entries);
        ForgetNewValues();
    }

    /// <summary>What is no entry's value is not kept alive.</summary>
    public void ForgetNewValues()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TValue>())
        {
            foreach (ref var entry in _newEntries.AsSpan())
            {
                entry.Value = default!;
            }
        }
    }
}
