using System.Numerics;
using System.Runtime.CompilerServices;
using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.State;

/// <summary>A run of a state table's entries, at most 64 KB. Once a snapshot's epoch has passed it is never written again: its writer takes a copy.</summary>
internal sealed class StateSegment<TKey, TImage, TValue>
    where TImage : unmanaged, IKeyImage
{
    private const int MaximumBytes = 64 * 1024;

    public StateSegment(long epoch)
        : this(epoch, new TKey[Length], KeptImages<TImage>.New(Length), new TValue[Length], new LiveSet(Length))
    {
    }

    private StateSegment(long epoch, TKey[] keys, TImage[] images, TValue[] values, LiveSet isLive) =>
        (Epoch, Keys, Images, Values, IsLive) = (epoch, keys, images, values, isLive);

    /// <summary>The entries of a segment are a power of two: of an entry's number the upper bits say the segment, the lower ones the place.</summary>
    // Computed and not kept: the JIT knows all of it, while a static field of a class that is generic over a reference type has to be looked for.
    public static int LogLength
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BitOperations.Log2((uint)Math.Max(
            1, (MaximumBytes - (MaximumBytes / 64)) / (Unsafe.SizeOf<TKey>() + KeptImages<TImage>.Size + Unsafe.SizeOf<TValue>())));
    }

    public static int Length => 1 << LogLength;

    /// <summary>The epoch in which the segment was made or copied.</summary>
    public long Epoch { get; set; }

    public TKey[] Keys { get; }

    public TImage[] Images { get; }

    public TValue[] Values { get; private set; }

    /// <summary>Where a batch that rewrites all values writes them; null until the first one.</summary>
    public TValue[]? NewValues { get; private set; }

    /// <summary>False for entries that were removed; they keep their keys until nobody has to be told of it.</summary>
    public LiveSet IsLive { get; }

    /// <summary>A copy for the writer; a snapshot keeps this one, which needs no room for new values any more.</summary>
    public StateSegment<TKey, TImage, TValue> CopyFor(long epoch)
    {
        var copy = new StateSegment<TKey, TImage, TValue>(epoch, (TKey[])Keys.Clone(), (TImage[])Images.Clone(), (TValue[])Values.Clone(), IsLive.Clone())
        {
            NewValues = NewValues,
        };
        NewValues = null;
        return copy;
    }

    /// <summary>Room for new values, kept from one batch to the next.</summary>
    public TValue[] RoomForNewValues() => NewValues ??= new TValue[Length];

    /// <summary>The new values take the place of the old ones.</summary>
    public void TakeNewValues()
    {
        (Values, NewValues) = (RoomForNewValues(), Values);
        ForgetNewValues();
    }

    /// <summary>What is no entry's value is not kept alive.</summary>
    public void ForgetNewValues()
    {
        if (NewValues is not null && RuntimeHelpers.IsReferenceOrContainsReferences<TValue>())
        {
            Array.Clear(NewValues);
        }
    }
}
