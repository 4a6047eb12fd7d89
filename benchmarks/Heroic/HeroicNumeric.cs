using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Heroic;

/// <summary>
/// The numeric chains with vectors of 512 bits. Odd numbers are masked out instead of branched around, and the sum is taken apart: what the map does to
/// each number is done once to the sum of the kept ones and to their count.
/// </summary>
internal static class HeroicNumeric
{
    /// <summary>Sixteen numbers at a time, widened to 64 bits before they are added.</summary>
    public static long Sum(ReadOnlySpan<int> numbers)
    {
        var (low, high, odd) = (Vector512<long>.Zero, Vector512<long>.Zero, Vector512<int>.Zero);
        ref var first = ref MemoryMarshal.GetReference(numbers);
        var length = numbers.Length - (numbers.Length % Vector512<int>.Count);
        for (var index = 0; index < length; index += Vector512<int>.Count)
        {
            var values = Vector512.LoadUnsafe(ref first, (nuint)index); // Sixteen from index are within length.
            var oddness = values & Vector512<int>.One;
            var kept = values & (oddness - Vector512<int>.One);
            low += Vector512.WidenLower(kept);
            high += Vector512.WidenUpper(kept);
            odd += oddness;
        }

        var kept64 = Vector512.Sum(low + high);
        return (kept64 * 3) + (length - Vector512.Sum(odd)) + Rest(numbers[length..]);
    }

    /// <summary>Eight records at a time: of two vectors the odd longs, whose upper half is the field.</summary>
    public static long Sum(ReadOnlySpan<Sample> samples)
    {
        var (sum, odd) = (Vector512<long>.Zero, Vector512<long>.Zero);
        ref var first = ref Unsafe.As<Sample, long>(ref MemoryMarshal.GetReference(samples));
        var length = samples.Length - (samples.Length % 8);
        for (var index = 0; index < length; index += 8)
        {
            var left = Vector512.LoadUnsafe(ref first, (nuint)index * 2); // Two longs are a record: eight records are within length.
            var right = Vector512.LoadUnsafe(ref first, ((nuint)index * 2) + 8);
            var values = UpperHalves(left, right);
            var oddness = values & Vector512<long>.One;
            sum += values & (oddness - Vector512<long>.One);
            odd += oddness;
        }

        var rest = 0L;
        foreach (ref readonly var sample in samples[length..])
        {
            rest += sample.Value % 2 == 0 ? (sample.Value * 3L) + 1 : 0;
        }

        return (Vector512.Sum(sum) * 3) + (length - Vector512.Sum(odd)) + rest;
    }

    /// <summary>The upper 32 bits, with their sign, of every second long of two vectors.</summary>
    private static Vector512<long> UpperHalves(Vector512<long> left, Vector512<long> right) =>
        System.Runtime.Intrinsics.X86.Avx512F.IsSupported
            ? Vector512.ShiftRightArithmetic(System.Runtime.Intrinsics.X86.Avx512F.UnpackHigh(left, right), 32)
            : Vector512.Create(left[1], right[1], left[3], right[3], left[5], right[5], left[7], right[7]) >> 32;

    private static long Rest(ReadOnlySpan<int> numbers)
    {
        var sum = 0L;
        foreach (var number in numbers)
        {
            sum += number % 2 == 0 ? (number * 3L) + 1 : 0;
        }

        return sum;
    }
}
