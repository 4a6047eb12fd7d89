using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Heroic;

/// <summary>
/// Sums by key in a table of its own: keys and sums lie one after another in the order in which they came, and slots of four bytes find them. The slots
/// of 32 records are asked for together before any of them is looked at, so that their cache misses happen at the same time.
/// </summary>
internal sealed class HeroicKeyedSums
{
    private const int Bits = 18;
    private const int Stage = 32;

    private readonly int[] _slots = new int[1 << Bits];
    private Entry[] _entries = new Entry[1 << 17];
    private int _count;

    public long SumBatch(ReadOnlySpan<Reading> readings)
    {
        Array.Clear(_slots);
        _count = 0;
        if (_entries.Length < readings.Length)
        {
            _entries = new Entry[readings.Length]; // Fewer than half of the slots, so that a search ends.
        }

        Span<uint> hashes = stackalloc uint[Stage];
        while (!readings.IsEmpty)
        {
            var some = readings[..Math.Min(Stage, readings.Length)];
            Prefetch(some, hashes);
            for (var index = 0; index < some.Length; index++)
            {
                Add(some[index].Sensor, some[index].Value, hashes[index]);
            }

            readings = readings[some.Length..];
        }

        var checksum = 0L;
        foreach (ref readonly var entry in _entries.AsSpan(0, _count))
        {
            checksum += KeyedSumsWorkload.Weight(entry.Key, entry.Sum);
        }

        return checksum;
    }

    private unsafe void Prefetch(ReadOnlySpan<Reading> readings, Span<uint> hashes)
    {
        ref var slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        for (var index = 0; index < readings.Length; index++)
        {
            hashes[index] = ((uint)readings[index].Sensor * 0x9E3779B1) >> (32 - Bits);
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref slots, hashes[index]))); // A hint: an array that moves meanwhile does no harm.
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int key, int value, uint hash)
    {
        ref var slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        ref var entries = ref MemoryMarshal.GetArrayDataReference(_entries);
        while (true)
        {
            ref var slot = ref Unsafe.Add(ref slots, hash); // A hash has no more bits than there are slots for.
            if (slot == 0)
            {
                Unsafe.Add(ref entries, _count) = new Entry { Key = key, Sum = value }; // There are as many entries as readings.
                slot = ++_count;
                return;
            }

            ref var entry = ref Unsafe.Add(ref entries, slot - 1);
            if (entry.Key == key)
            {
                entry.Sum += value;
                return;
            }

            hash = (hash + 1) & ((1 << Bits) - 1);
        }
    }

    private struct Entry
    {
        public int Key;
        public long Sum;
    }
}
