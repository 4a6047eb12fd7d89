using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CodegenStreaming.CompilerServices;

/// <content>
/// Puts the lanes that pass a filter side by side, without a branch for each: at random a processor foresees such a branch half of the time only. A
/// vector is stored whole, so the room must hold <see cref="Slack"/> elements more than the results.
/// </content>
public static partial class Lanes
{
    /// <summary>Stores a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector512<T> lanes, Span<T> room) => lanes.CopyTo(room);

    /// <summary>Stores a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector256<T> lanes, Span<T> room) => lanes.CopyTo(room);

    /// <summary>Stores a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector128<T> lanes, Span<T> room) => lanes.CopyTo(room);

    /// <summary>Stores the lanes whose mask is set, and returns how many they are.</summary>
    /// <param name="lanes">Numbers of 32 or 64 bits.</param>
    /// <param name="kept">All ones or zero for each lane.</param>
    /// <param name="room">At least <see cref="Slack"/> elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compress<T>(Vector512<T> lanes, Vector512<T> kept, Span<T> room)
        where T : unmanaged
    {
        var bits = (uint)kept.ExtractMostSignificantBits();
        if (!Avx512F.IsSupported)
        {
            CompressEach(lanes, bits, room);
        }
        else if (Unsafe.SizeOf<T>() == sizeof(int))
        {
            Avx512F.Compress(Vector512<int>.Zero, kept.AsInt32(), lanes.AsInt32()).As<int, T>().CopyTo(room);
        }
        else
        {
            Avx512F.Compress(Vector512<long>.Zero, kept.AsInt64(), lanes.AsInt64()).As<long, T>().CopyTo(room);
        }

        return BitOperations.PopCount(bits);
    }

    /// <summary>Stores the lanes whose mask is set, and returns how many they are.</summary>
    /// <param name="lanes">Numbers of 32 or 64 bits.</param>
    /// <param name="kept">All ones or zero for each lane.</param>
    /// <param name="room">At least <see cref="Slack"/> elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compress<T>(Vector256<T> lanes, Vector256<T> kept, Span<T> room)
        where T : unmanaged
    {
        var bits = kept.ExtractMostSignificantBits();
        if (Avx512F.VL.IsSupported && Unsafe.SizeOf<T>() == sizeof(int))
        {
            Avx512F.VL.Compress(Vector256<int>.Zero, kept.AsInt32(), lanes.AsInt32()).As<int, T>().CopyTo(room);
        }
        else if (Avx512F.VL.IsSupported)
        {
            Avx512F.VL.Compress(Vector256<long>.Zero, kept.AsInt64(), lanes.AsInt64()).As<long, T>().CopyTo(room);
        }
        else if (Avx2.IsSupported && Bmi2.X64.IsSupported)
        {
            var order = Unsafe.SizeOf<T>() == sizeof(int) ? OrderOf(bits) : OrderOfPairs(bits);
            Avx2.PermuteVar8x32(lanes.AsInt32(), order).As<int, T>().CopyTo(room);
        }
        else
        {
            CompressEach(lanes, bits, room);
        }

        return BitOperations.PopCount(bits);
    }

    /// <summary>Stores the lanes whose mask is set, and returns how many they are.</summary>
    /// <param name="lanes">Numbers of 32 or 64 bits.</param>
    /// <param name="kept">All ones or zero for each lane.</param>
    /// <param name="room">At least <see cref="Slack"/> elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compress<T>(Vector128<T> lanes, Vector128<T> kept, Span<T> room)
        where T : unmanaged
    {
        var bits = kept.ExtractMostSignificantBits();
        if (Avx512F.VL.IsSupported && Unsafe.SizeOf<T>() == sizeof(int))
        {
            Avx512F.VL.Compress(Vector128<int>.Zero, kept.AsInt32(), lanes.AsInt32()).As<int, T>().CopyTo(room);
        }
        else if (Avx512F.VL.IsSupported)
        {
            Avx512F.VL.Compress(Vector128<long>.Zero, kept.AsInt64(), lanes.AsInt64()).As<long, T>().CopyTo(room);
        }
        else
        {
            CompressEach(lanes, bits, room);
        }

        return BitOperations.PopCount(bits);
    }

    /// <summary>Stores the positions of the lanes whose mask is set, and returns how many they are.</summary>
    /// <param name="kept">All ones or zero for each lane.</param>
    /// <param name="index">The position of the first lane.</param>
    /// <param name="room">At least <see cref="Slack"/> elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Select(Vector512<int> kept, int index, Span<int> room) =>
        Compress(Vector512.CreateSequence(0, 1) + Vector512.Create(index), kept, room);

    /// <summary>Stores the positions of the lanes whose mask is set, and returns how many they are.</summary>
    /// <param name="kept">All ones or zero for each lane.</param>
    /// <param name="index">The position of the first lane.</param>
    /// <param name="room">At least <see cref="Slack"/> elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Select(Vector256<int> kept, int index, Span<int> room) =>
        Compress(Vector256.CreateSequence(0, 1) + Vector256.Create(index), kept, room);

    /// <summary>Stores the positions of the lanes whose mask is set, and returns how many they are.</summary>
    /// <param name="kept">All ones or zero for each lane.</param>
    /// <param name="index">The position of the first lane.</param>
    /// <param name="room">At least <see cref="Slack"/> elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Select(Vector128<int> kept, int index, Span<int> room) =>
        Compress(Vector128.CreateSequence(0, 1) + Vector128.Create(index), kept, room);

    /// <summary>The numbers of the set bits, lowest first: a byte of ones for each of them picks its number from the sequence 0, 1, 2 …</summary>
    private static Vector256<int> OrderOf(uint bits)
    {
        var bytes = Bmi2.X64.ParallelBitDeposit(bits, 0x0101010101010101) * 0xFF;
        var order = Bmi2.X64.ParallelBitExtract(0x0706050403020100, bytes);
        return Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(order).AsByte());
    }

    /// <summary>The same for lanes of 64 bits, which are pairs of 32.</summary>
    private static Vector256<int> OrderOfPairs(uint bits)
    {
        var bytes = Bmi2.X64.ParallelBitDeposit(bits, 0x0001000100010001) * 0xFFFF;
        var order = Bmi2.X64.ParallelBitExtract(0x0706050403020100, bytes);
        return Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(order).AsByte());
    }

    private static void CompressEach<T>(Vector512<T> lanes, uint bits, Span<T> room)
    {
        CompressEach(lanes.GetLower(), bits, room);
        var rest = BitOperations.PopCount(bits & ((1u << Vector256<T>.Count) - 1));
        CompressEach(lanes.GetUpper(), bits >> Vector256<T>.Count, room[rest..]);
    }

    private static void CompressEach<T>(Vector256<T> lanes, uint bits, Span<T> room)
    {
        CompressEach(lanes.GetLower(), bits, room);
        var rest = BitOperations.PopCount(bits & ((1u << Vector128<T>.Count) - 1));
        CompressEach(lanes.GetUpper(), bits >> Vector128<T>.Count, room[rest..]);
    }

    /// <summary>Each lane is stored; one that passes is not overwritten by the next.</summary>
    private static void CompressEach<T>(Vector128<T> lanes, uint bits, Span<T> room)
    {
        var next = 0;
        for (var lane = 0; lane < Vector128<T>.Count; lane++)
        {
            room[next] = lanes[lane];
            next += (int)((bits >> lane) & 1);
        }
    }
}
