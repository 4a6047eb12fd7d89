using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Heroic;

/// <summary>
/// The limit for states by key: keys and sums lie in arrays of their own in the order in which they came, and slots of four bytes find them. What 32 records need
/// is asked for before any of them is looked at; what all keys need goes through the sums alone, a vector at a time.
/// </summary>
internal sealed class HeroicKeyedState
{
    private const int Bits = 22;
    private const int Stage = 32;

    private readonly int[] _slots = new int[1 << Bits];
    private readonly int[] _keys;
    private readonly long[] _sums;

    public HeroicKeyedState(Reading[] keys)
    {
        (_keys, _sums) = ([.. keys.Select(key => key.Sensor)], new long[keys.Length]);
        for (var entry = 0; entry < _keys.Length; entry++)
        {
            var slot = SlotOf(_keys[entry]);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & ((1 << Bits) - 1);
            }

            _slots[slot] = entry + 1;
        }
    }

    /// <summary>Adds a batch; returns the sum of each record's new sum.</summary>
    public long AddBatch(Reading[] batch)
    {
        var checksum = 0L;
        Span<int> entries = stackalloc int[Stage];
        for (var start = 0; start < batch.Length; start += Stage)
        {
            var some = batch.AsSpan(start, Math.Min(Stage, batch.Length - start));
            Find(some, entries);
            for (var index = 0; index < some.Length; index++)
            {
                checksum += _sums[entries[index]] += some[index].Value;
            }
        }

        return checksum;
    }

    /// <summary>Halves all sums and adds a batch; returns the sum of the sums.</summary>
    public long HalveAndAddBatch(Reading[] batch)
    {
        foreach (ref var sum in _sums.AsSpan())
        {
            sum /= 2;
        }

        AddBatch(batch);
        var checksum = 0L;
        foreach (var sum in _sums)
        {
            checksum += sum;
        }

        return checksum;
    }

    private unsafe void Find(ReadOnlySpan<Reading> some, Span<int> entries)
    {
        ref var slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        for (var index = 0; index < some.Length; index++)
        {
            entries[index] = SlotOf(some[index].Sensor);
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref slots, entries[index]))); // A hint: an array that moves meanwhile does no harm.
            }
        }

        for (var index = 0; index < some.Length; index++)
        {
            if (Sse.IsSupported)
            {
                var entry = Math.Max(0, Unsafe.Add(ref slots, entries[index]) - 1);
                Sse.Prefetch0(Unsafe.AsPointer(ref _keys[entry]));
                Sse.Prefetch0(Unsafe.AsPointer(ref _sums[entry]));
            }
        }

        for (var index = 0; index < some.Length; index++)
        {
            var slot = entries[index];
            while (_keys[_slots[slot] - 1] != some[index].Sensor)
            {
                slot = (slot + 1) & ((1 << Bits) - 1);
            }

            entries[index] = _slots[slot] - 1;
        }
    }

    private static int SlotOf(int key) => (int)(((uint)key * 0x9E3779B1) >> (32 - Bits));
}
