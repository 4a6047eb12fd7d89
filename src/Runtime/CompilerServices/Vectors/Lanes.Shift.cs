using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CodegenStreaming.CompilerServices;

/// <content>Shifts of each lane by its own number of bits, of which C# takes the lowest five or six only.</content>
public static partial class Lanes
{
    /// <summary>Each <c>int</c> to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> ShiftLeft(Vector512<int> lanes, Vector512<int> counts) =>
        Avx512F.IsSupported ? Avx512F.ShiftLeftLogicalVariable(lanes, (counts & Vector512.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane << count);

    /// <summary>Each <c>uint</c> to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ShiftLeft(Vector512<uint> lanes, Vector512<int> counts) =>
        Avx512F.IsSupported ? Avx512F.ShiftLeftLogicalVariable(lanes, (counts & Vector512.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane << count);

    /// <summary>Each <c>long</c> to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> ShiftLeft(Vector512<long> lanes, Vector512<long> counts) =>
        Avx512F.IsSupported ? Avx512F.ShiftLeftLogicalVariable(lanes, (counts & Vector512.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane << (int)count);

    /// <summary>Each <c>ulong</c> to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> ShiftLeft(Vector512<ulong> lanes, Vector512<long> counts) =>
        Avx512F.IsSupported ? Avx512F.ShiftLeftLogicalVariable(lanes, (counts & Vector512.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane << (int)count);

    /// <summary>Each <c>int</c> to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ShiftLeft(Vector256<int> lanes, Vector256<int> counts) =>
        Avx2.IsSupported ? Avx2.ShiftLeftLogicalVariable(lanes, (counts & Vector256.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane << count);

    /// <summary>Each <c>uint</c> to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ShiftLeft(Vector256<uint> lanes, Vector256<int> counts) =>
        Avx2.IsSupported ? Avx2.ShiftLeftLogicalVariable(lanes, (counts & Vector256.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane << count);

    /// <summary>Each <c>long</c> to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> ShiftLeft(Vector256<long> lanes, Vector256<long> counts) =>
        Avx2.IsSupported ? Avx2.ShiftLeftLogicalVariable(lanes, (counts & Vector256.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane << (int)count);

    /// <summary>Each <c>ulong</c> to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> ShiftLeft(Vector256<ulong> lanes, Vector256<long> counts) =>
        Avx2.IsSupported ? Avx2.ShiftLeftLogicalVariable(lanes, (counts & Vector256.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane << (int)count);

    /// <summary>Each <c>int</c> to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftLeft(Vector128<int> lanes, Vector128<int> counts) =>
        Avx2.IsSupported ? Avx2.ShiftLeftLogicalVariable(lanes, (counts & Vector128.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane << count);

    /// <summary>Each <c>uint</c> to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ShiftLeft(Vector128<uint> lanes, Vector128<int> counts) =>
        Avx2.IsSupported ? Avx2.ShiftLeftLogicalVariable(lanes, (counts & Vector128.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane << count);

    /// <summary>Each <c>long</c> to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> ShiftLeft(Vector128<long> lanes, Vector128<long> counts) =>
        Avx2.IsSupported ? Avx2.ShiftLeftLogicalVariable(lanes, (counts & Vector128.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane << (int)count);

    /// <summary>Each <c>ulong</c> to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> ShiftLeft(Vector128<ulong> lanes, Vector128<long> counts) =>
        Avx2.IsSupported ? Avx2.ShiftLeftLogicalVariable(lanes, (counts & Vector128.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane << (int)count);

    /// <summary>Each <c>int</c> to the right, as the type's sign says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> ShiftRight(Vector512<int> lanes, Vector512<int> counts) =>
        Avx512F.IsSupported ? Avx512F.ShiftRightArithmeticVariable(lanes, (counts & Vector512.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane >> count);

    /// <summary>Each <c>uint</c> to the right, as the type's sign says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ShiftRight(Vector512<uint> lanes, Vector512<int> counts) =>
        Avx512F.IsSupported ? Avx512F.ShiftRightLogicalVariable(lanes, (counts & Vector512.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane >> count);

    /// <summary>Each <c>long</c> to the right, as the type's sign says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> ShiftRight(Vector512<long> lanes, Vector512<long> counts) =>
        Avx512F.IsSupported ? Avx512F.ShiftRightArithmeticVariable(lanes, (counts & Vector512.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane >> (int)count);

    /// <summary>Each <c>ulong</c> to the right, as the type's sign says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> ShiftRight(Vector512<ulong> lanes, Vector512<long> counts) =>
        Avx512F.IsSupported ? Avx512F.ShiftRightLogicalVariable(lanes, (counts & Vector512.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane >> (int)count);

    /// <summary>Each <c>int</c> to the right, as the type's sign says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ShiftRight(Vector256<int> lanes, Vector256<int> counts) =>
        Avx2.IsSupported ? Avx2.ShiftRightArithmeticVariable(lanes, (counts & Vector256.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane >> count);

    /// <summary>Each <c>uint</c> to the right, as the type's sign says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ShiftRight(Vector256<uint> lanes, Vector256<int> counts) =>
        Avx2.IsSupported ? Avx2.ShiftRightLogicalVariable(lanes, (counts & Vector256.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane >> count);

    /// <summary>Each <c>long</c> to the right, as the type's sign says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> ShiftRight(Vector256<long> lanes, Vector256<long> counts) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.ShiftRightArithmeticVariable(lanes, (counts & Vector256.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane >> (int)count);

    /// <summary>Each <c>ulong</c> to the right, as the type's sign says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> ShiftRight(Vector256<ulong> lanes, Vector256<long> counts) =>
        Avx2.IsSupported ? Avx2.ShiftRightLogicalVariable(lanes, (counts & Vector256.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane >> (int)count);

    /// <summary>Each <c>int</c> to the right, as the type's sign says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftRight(Vector128<int> lanes, Vector128<int> counts) =>
        Avx2.IsSupported ? Avx2.ShiftRightArithmeticVariable(lanes, (counts & Vector128.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane >> count);

    /// <summary>Each <c>uint</c> to the right, as the type's sign says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ShiftRight(Vector128<uint> lanes, Vector128<int> counts) =>
        Avx2.IsSupported ? Avx2.ShiftRightLogicalVariable(lanes, (counts & Vector128.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane >> count);

    /// <summary>Each <c>long</c> to the right, as the type's sign says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> ShiftRight(Vector128<long> lanes, Vector128<long> counts) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.ShiftRightArithmeticVariable(lanes, (counts & Vector128.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane >> (int)count);

    /// <summary>Each <c>ulong</c> to the right, as the type's sign says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> ShiftRight(Vector128<ulong> lanes, Vector128<long> counts) =>
        Avx2.IsSupported ? Avx2.ShiftRightLogicalVariable(lanes, (counts & Vector128.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane >> (int)count);

    /// <summary>Each <c>int</c> to the right, with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> ShiftRightLogical(Vector512<int> lanes, Vector512<int> counts) =>
        Avx512F.IsSupported ? Avx512F.ShiftRightLogicalVariable(lanes, (counts & Vector512.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane >>> count);

    /// <summary>Each <c>uint</c> to the right, with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ShiftRightLogical(Vector512<uint> lanes, Vector512<int> counts) =>
        Avx512F.IsSupported ? Avx512F.ShiftRightLogicalVariable(lanes, (counts & Vector512.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane >>> count);

    /// <summary>Each <c>long</c> to the right, with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> ShiftRightLogical(Vector512<long> lanes, Vector512<long> counts) =>
        Avx512F.IsSupported ? Avx512F.ShiftRightLogicalVariable(lanes, (counts & Vector512.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane >>> (int)count);

    /// <summary>Each <c>ulong</c> to the right, with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> ShiftRightLogical(Vector512<ulong> lanes, Vector512<long> counts) =>
        Avx512F.IsSupported ? Avx512F.ShiftRightLogicalVariable(lanes, (counts & Vector512.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane >>> (int)count);

    /// <summary>Each <c>int</c> to the right, with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ShiftRightLogical(Vector256<int> lanes, Vector256<int> counts) =>
        Avx2.IsSupported ? Avx2.ShiftRightLogicalVariable(lanes, (counts & Vector256.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane >>> count);

    /// <summary>Each <c>uint</c> to the right, with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ShiftRightLogical(Vector256<uint> lanes, Vector256<int> counts) =>
        Avx2.IsSupported ? Avx2.ShiftRightLogicalVariable(lanes, (counts & Vector256.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane >>> count);

    /// <summary>Each <c>long</c> to the right, with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> ShiftRightLogical(Vector256<long> lanes, Vector256<long> counts) =>
        Avx2.IsSupported ? Avx2.ShiftRightLogicalVariable(lanes, (counts & Vector256.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane >>> (int)count);

    /// <summary>Each <c>ulong</c> to the right, with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> ShiftRightLogical(Vector256<ulong> lanes, Vector256<long> counts) =>
        Avx2.IsSupported ? Avx2.ShiftRightLogicalVariable(lanes, (counts & Vector256.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane >>> (int)count);

    /// <summary>Each <c>int</c> to the right, with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftRightLogical(Vector128<int> lanes, Vector128<int> counts) =>
        Avx2.IsSupported ? Avx2.ShiftRightLogicalVariable(lanes, (counts & Vector128.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane >>> count);

    /// <summary>Each <c>uint</c> to the right, with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ShiftRightLogical(Vector128<uint> lanes, Vector128<int> counts) =>
        Avx2.IsSupported ? Avx2.ShiftRightLogicalVariable(lanes, (counts & Vector128.Create(31)).As<int, uint>()) : Each(lanes, counts, static (lane, count) => lane >>> count);

    /// <summary>Each <c>long</c> to the right, with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> ShiftRightLogical(Vector128<long> lanes, Vector128<long> counts) =>
        Avx2.IsSupported ? Avx2.ShiftRightLogicalVariable(lanes, (counts & Vector128.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane >>> (int)count);

    /// <summary>Each <c>ulong</c> to the right, with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> ShiftRightLogical(Vector128<ulong> lanes, Vector128<long> counts) =>
        Avx2.IsSupported ? Avx2.ShiftRightLogicalVariable(lanes, (counts & Vector128.Create(63L)).As<long, ulong>()) : Each(lanes, counts, static (lane, count) => lane >>> (int)count);

    /// <summary>Lane by lane, where the machine has no such instruction.</summary>
    private static Vector512<T> Each<T, TCount>(Vector512<T> lanes, Vector512<TCount> counts, Func<T, TCount, T> shift)
    {
        var shifted = lanes;
        for (var lane = 0; lane < Vector512<T>.Count; lane++)
        {
            shifted = shifted.WithElement(lane, shift(lanes[lane], counts[lane]));
        }

        return shifted;
    }

    /// <summary>Lane by lane, where the machine has no such instruction.</summary>
    private static Vector256<T> Each<T, TCount>(Vector256<T> lanes, Vector256<TCount> counts, Func<T, TCount, T> shift)
    {
        var shifted = lanes;
        for (var lane = 0; lane < Vector256<T>.Count; lane++)
        {
            shifted = shifted.WithElement(lane, shift(lanes[lane], counts[lane]));
        }

        return shifted;
    }

    /// <summary>Lane by lane, where the machine has no such instruction.</summary>
    private static Vector128<T> Each<T, TCount>(Vector128<T> lanes, Vector128<TCount> counts, Func<T, TCount, T> shift)
    {
        var shifted = lanes;
        for (var lane = 0; lane < Vector128<T>.Count; lane++)
        {
            shifted = shifted.WithElement(lane, shift(lanes[lane], counts[lane]));
        }

        return shifted;
    }
}
