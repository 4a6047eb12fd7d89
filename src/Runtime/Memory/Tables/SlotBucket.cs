using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CodegenStreaming.Memory;

/// <summary>
/// Eight slots of a <see cref="HashIndex"/>, compared at once: with one vector of 256 bits, with two of 128, or one by one, as the machine has them.
/// A slot is a tag (bits above every entry's number) and the number of an entry plus one.
/// </summary>
internal readonly ref struct SlotBucket(ref uint first)
{
    public const int LogLength = 3;
    public const int Length = 1 << LogLength;
    public const uint FreeSlot = 0;

    /// <summary>The bit of the last slot.</summary>
    public const uint LastSlot = 1u << (Length - 1);

    /// <summary>Neither free nor an entry's: all ones, a number above every entry's whatever the tag.</summary>
    public const uint UsedSlot = uint.MaxValue;

    private readonly ref uint _first = ref first;

    /// <summary>The reference to be prefetched.</summary>
    public ref readonly uint First => ref _first;

    /// <summary>A bit for each slot that has the tag and the number of one of the first <paramref name="count"/> entries.</summary>
    // A slot of another tag leaves bits of it above every entry's number; a free one leaves the tag's, or 0 - 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find(uint tag, uint count)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            return Vector256.LessThan((Vector256.LoadUnsafe(ref _first) ^ Vector256.Create(tag)) - Vector256<uint>.One, Vector256.Create(count)).ExtractMostSignificantBits();
        }

        if (Vector128.IsHardwareAccelerated)
        {
            var (tags, counts) = (Vector128.Create(tag), Vector128.Create(count));
            var lower = Vector128.LessThan((Vector128.LoadUnsafe(ref _first) ^ tags) - Vector128<uint>.One, counts);
            var upper = Vector128.LessThan((Vector128.LoadUnsafe(ref _first, (nuint)Vector128<uint>.Count) ^ tags) - Vector128<uint>.One, counts);
            return lower.ExtractMostSignificantBits() | (upper.ExtractMostSignificantBits() << Vector128<uint>.Count);
        }

        var found = 0u;
        for (var slot = 0; slot < Length; slot++)
        {
            found |= EntryAt(slot, tag) < count ? 1u << slot : 0;
        }

        return found;
    }

    /// <summary>The entry of the first of the slots that were found.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint EntryOf(uint found, uint tag) => EntryAt(BitOperations.TrailingZeroCount(found), tag);

    /// <summary>Whether a search ends here.</summary>
    public bool HasFree => Equal(FreeSlot) != 0;

    /// <summary>Takes a free slot for an entry: the best one, or the next after it that is free; false where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(uint tag, int entry, uint best)
    {
        var free = Equal(FreeSlot);
        if (free == 0)
        {
            return false;
        }

        // The slots from the best on, and around to it again, as bits from the lowest on: no branch that could be mispredicted.
        var place = (int)best & (Length - 1);
        place += BitOperations.TrailingZeroCount((free | (free << Length)) >> place);
        Unsafe.Add(ref _first, place & (Length - 1)) = tag | ((uint)entry + 1);
        return true;
    }

    /// <summary>Takes the first free slot for an entry; false where there is none. Less work than <see cref="TryAdd"/>, for those who look at whole buckets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAddFirst(uint tag, int entry)
    {
        var free = Equal(FreeSlot);
        if (free == 0)
        {
            return false;
        }

        Unsafe.Add(ref _first, BitOperations.TrailingZeroCount(free)) = tag | ((uint)entry + 1);
        return true;
    }

    /// <summary>Replaces a slot's content, wherever in the bucket it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReplace(uint before, uint after)
    {
        var found = Equal(before);
        if (found == 0)
        {
            return false;
        }

        Unsafe.Add(ref _first, BitOperations.TrailingZeroCount(found)) = after;
        return true;
    }

    /// <summary>A bit for each slot of a content.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Equal(uint content)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            return Vector256.Equals(Vector256.LoadUnsafe(ref _first), Vector256.Create(content)).ExtractMostSignificantBits();
        }

        if (Vector128.IsHardwareAccelerated)
        {
            var contents = Vector128.Create(content);
            var lower = Vector128.Equals(Vector128.LoadUnsafe(ref _first), contents);
            var upper = Vector128.Equals(Vector128.LoadUnsafe(ref _first, (nuint)Vector128<uint>.Count), contents);
            return lower.ExtractMostSignificantBits() | (upper.ExtractMostSignificantBits() << Vector128<uint>.Count);
        }

        var found = 0u;
        for (var slot = 0; slot < Length; slot++)
        {
            found |= Unsafe.Add(ref _first, slot) == content ? 1u << slot : 0;
        }

        return found;
    }

    // A slot's number is less than eight: the loops' and the masks' are.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint EntryAt(int slot, uint tag) => (Unsafe.Add(ref _first, slot) ^ tag) - 1;
}
