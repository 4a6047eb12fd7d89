using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Heroic;

/// <summary>
/// Word count with three ideas: one mask of 64 bits says where the words in 64 bytes end, spaces and newlines together; a word of up to sixteen bytes is
/// its own key, two numbers that are compared as such; and the table stays from batch to batch with the words in it, only the counts begin anew.
/// </summary>
internal sealed class HeroicWordCount(TextData text)
{
    private const int Bits = 15;
    private const int LongestKey = 16;

    private readonly Slot[] _slots = new Slot[1 << Bits];
    private readonly Dictionary<string, int> _longWords = [];

    public long CountBatch()
    {
        foreach (ref var slot in _slots.AsSpan())
        {
            slot.Count = 0;
        }

        _longWords.Clear();
        Add(text.Bytes, text.Ends[^1] + 1);
        var checksum = _longWords.Sum(word => WordCountStringWorkload.Weight(word.Key, word.Value));
        foreach (ref readonly var slot in _slots.AsSpan())
        {
            checksum += slot.Count * ((long)(byte)slot.Low + Length(slot));
        }

        return checksum;
    }

    private void Add(byte[] bytes, int length)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(bytes);
        var (space, newline) = (Vector512.Create((byte)' '), Vector512.Create((byte)'\n'));
        var start = 0;
        for (var position = 0; position < length; position += Vector512<byte>.Count)
        {
            var chunk = Vector512.LoadUnsafe(ref first, (nuint)position); // 64 bytes of padding lie behind the text.
            var ends = (Vector512.Equals(chunk, space) | Vector512.Equals(chunk, newline)).ExtractMostSignificantBits();
            if (length - position < Vector512<byte>.Count)
            {
                ends &= (1UL << (length - position)) - 1;
            }

            while (ends != 0)
            {
                var end = position + BitOperations.TrailingZeroCount(ends);
                Add(ref Unsafe.Add(ref first, start), end - start);
                start = end + 1;
                ends &= ends - 1;
            }
        }
    }

    /// <summary>Counts a word. Sixteen bytes can be read at it: the text ends with padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ref byte word, int length)
    {
        if (length > LongestKey)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_longWords, System.Text.Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpan(ref word, length)), out _)++;
            return;
        }

        var key = (Vector128.LoadUnsafe(ref word) & Vector128.LoadUnsafe(in Masks[LongestKey - length])).AsUInt64();
        var (low, high) = (key[0], key[1]);
        var index = (uint)(((low ^ (high * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93) >> (64 - Bits));
        ref var slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        while (true)
        {
            ref var slot = ref Unsafe.Add(ref slots, index); // An index has no more bits than the table has slots for.
            if (slot.Low == low && slot.High == high)
            {
                slot.Count++;
                return;
            }

            if ((slot.Low | slot.High) == 0)
            {
                (slot.Low, slot.High, slot.Count) = (low, high, 1);
                return;
            }

            index = (index + 1) & ((1 << Bits) - 1);
        }
    }

    /// <summary>Sixteen bytes from position 16 - n keep the first n bytes of a vector.</summary>
    private static ReadOnlySpan<byte> Masks =>
        [
            255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        ];

    private static int Length(in Slot slot) =>
        slot.High != 0 ? 16 - (BitOperations.LeadingZeroCount(slot.High) / 8) : 8 - (BitOperations.LeadingZeroCount(slot.Low) / 8);

    /// <summary>A word's bytes, filled up with zeros, and how often it came. No word is empty, so zeros are a free slot.</summary>
    private struct Slot
    {
        public ulong Low;
        public ulong High;
        public long Count;
    }
}
