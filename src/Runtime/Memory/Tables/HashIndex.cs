using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace CodegenStreaming.Memory;

/// <summary>
/// Finds the entries of a hash table, which lie elsewhere, dense and in the order of their insertion. Buckets of eight slots, each slot 32 bits: the
/// hash's lower bits, and under them the entry's number plus one; zero is free. A hash's upper bits are the number of its home bucket. A whole bucket is
/// compared at once, so that it makes no difference which of its slots has the key; a search ends at the first bucket with a free slot, which is nearly
/// always the home. So there is hardly a branch that a processor could not foresee, and a search reads one line of the index and one of the entries.
/// </summary>
internal readonly unsafe struct HashIndex
{
    /// <summary>The entries that the least index has room for.</summary>
    public const int MinimumCapacity = 1 << (MinimumBits - 3);

    private const int MinimumBits = 11;
    private const int MaximumBits = 30;

    /// <summary>The largest index with eight slots for each entry: 32 KB, in the nearest cache.</summary>
    private const int SparseBits = 13;

    /// <summary>The largest index with four slots for each entry: 256 KB, in the cache of one core.</summary>
    private const int RatherSparseBits = 16;

    /// <summary>Kept alive by this struct, which is a field of the table.</summary>
    private readonly SlotMemory _slots;
    private readonly uint* _first;
    private readonly int _bits;
    private readonly int _homeShift;
    private readonly int _slotShift;

    /// <summary>Makes an index with room for a number of entries.</summary>
    public HashIndex(int capacity)
    {
        _bits = BitsFor(capacity);
        _homeShift = 32 + SlotBucket.LogLength - _bits;
        _slotShift = 32 - _bits;
        _slots = new(1 << _bits);
        _first = _slots.First;
    }

    /// <summary>The entries that there is room for.</summary>
    public int Capacity => CapacityOf(_bits);

    /// <summary>The number of buckets.</summary>
    public int BucketCount => 1 << (_bits - SlotBucket.LogLength);

    /// <summary>What the index occupies.</summary>
    public long ByteSize => _slots.ByteSize;

    /// <summary>The bucket that a hash's search begins with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SlotBucket Home(uint hash) => BucketAt(hash >> _homeShift);

    /// <summary>
    /// The entry in the slot that would be best for a hash, by itself: nearly always the hash's entry if it was added while the index was rather empty.
    /// A number above every entry's where the slot is another hash's, or free.
    /// </summary>
    // Within the slots: the upper n bits of a 32-bit number are less than 2^n, their length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint BestEntryOf(uint hash) => (_first[hash >> _slotShift] ^ TagOf(hash)) - 1;

    /// <summary>
    /// The entry that is probably a hash's, of so many. Where no slot of its home bucket is the hash's, the last one stands for it, whatever is in there: so there is
    /// no branch that could be mispredicted. To be checked, also whether there is an entry of this number.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Guess(uint hash, uint count)
    {
        var tag = TagOf(hash);
        var bucket = Home(hash);
        return bucket.EntryOf(bucket.Find(tag, count) | SlotBucket.LastSlot, tag);
    }

    /// <summary>The bits that a hash's slots have above the entry's number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint TagOf(uint hash) => hash << _bits;

    /// <summary>The bucket that a search goes on with when it has found a bucket full; behind the last comes the first.</summary>
    public SlotBucket After(scoped ref uint number)
    {
        number = (number + 1) & ((1u << (_bits - SlotBucket.LogLength)) - 1);
        return BucketAt(number);
    }

    /// <summary>The number of the slot that a hash would best be in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint BestOf(uint hash) => hash >> _slotShift;

    /// <summary>The number of a hash's home bucket.</summary>
    public uint HomeOf(uint hash) => hash >> _homeShift;

    /// <summary>Enters an entry whose key is known to be new.</summary>
    public void Add(int entry, uint hash)
    {
        Debug.Assert(entry < Capacity);
        var number = HomeOf(hash);
        var bucket = BucketAt(number);
        while (!bucket.TryAdd(TagOf(hash), entry, hash >> _slotShift))
        {
            bucket = After(ref number);
        }
    }

    /// <summary>
    /// Takes an entry out. Its slot becomes free, except in a full bucket, behind which other entries may have had to go: there it stays used until the
    /// index is built anew.
    /// </summary>
    /// <returns>True where the slot is free now.</returns>
    public bool Remove(int entry, uint hash)
    {
        var number = HomeOf(hash);
        for (var bucket = BucketAt(number); ; bucket = After(ref number))
        {
            var isFree = bucket.HasFree;
            if (bucket.TryReplace(TagOf(hash) | ((uint)entry + 1), isFree ? SlotBucket.FreeSlot : SlotBucket.UsedSlot))
            {
                return isFree;
            }
        }
    }

    /// <summary>Frees all slots.</summary>
    public void Clear() => new Span<uint>(_first, 1 << _bits).Clear();

    /// <summary>
    /// A larger or smaller index without entries in place of this one, whose memory is given up before the other's is used: the table enters its entries
    /// anew from what they are.
    /// </summary>
    public HashIndex ReplacedBy(int capacity)
    {
        var other = new HashIndex(capacity);
        _slots.Free();
        return other;
    }

    /// <summary>Gives its memory back. It is not to be used afterwards.</summary>
    public void Release() => _slots.Free();

    /// <summary>Frees the slot of an entry, when all entries are to be freed one by one.</summary>
    public void Free(int entry, uint hash)
    {
        var number = HomeOf(hash);
        var bucket = BucketAt(number);
        while (!bucket.TryReplace(TagOf(hash) | ((uint)entry + 1), SlotBucket.FreeSlot))
        {
            bucket = After(ref number);
        }
    }

    // Within the slots: a bucket's number is less than 2^(bits - 3), and there are 2^bits slots.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SlotBucket BucketAt(uint number)
    {
        Debug.Assert(number < 1u << (_bits - SlotBucket.LogLength));
        return new(ref *(_first + ((nuint)number << SlotBucket.LogLength)));
    }

    /// <summary>
    /// Two slots for each entry at least: one search in fifty then meets a full bucket. The emptier an index is, the more keys are in the slot that is best
    /// for them: of those in eight slots each one in sixteen is not, of those in two one in four. A small index can afford it.
    /// </summary>
    private static int CapacityOf(int bits) => 1 << (bits - (bits <= SparseBits ? 3 : bits <= RatherSparseBits ? 2 : 1));

    private static int BitsFor(int capacity)
    {
        for (var bits = MinimumBits; bits <= MaximumBits; bits++)
        {
            if (CapacityOf(bits) >= capacity)
            {
                return bits;
            }
        }

        throw new InvalidOperationException($"A table has no room for {capacity} keys.");
    }
}
