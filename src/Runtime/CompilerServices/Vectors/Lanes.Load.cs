using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CodegenStreaming.CompilerServices;

/// <content>
/// Loads: as many records as the method's name says, side by side in memory. Integers of 8 and 16 bits become 32. Generated loops step through a span
/// whose length is a multiple of the lanes, so that index + lanes never exceeds it.
/// </content>
public static partial class Lanes
{
    /// <summary>16 records that are <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load16(ReadOnlySpan<int> records, int index) => Vector512.LoadUnsafe(in At(records, index, 16));

    /// <summary>16 records that are <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Load16(ReadOnlySpan<uint> records, int index) => Vector512.LoadUnsafe(in At(records, index, 16));

    /// <summary>16 records that are <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load16(ReadOnlySpan<float> records, int index) => Vector512.LoadUnsafe(in At(records, index, 16));

    /// <summary>16 records that are <c>sbyte</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load16(ReadOnlySpan<sbyte> records, int index) => Widen512(Vector128.LoadUnsafe(in At(records, index, 16)));

    /// <summary>16 records that are <c>byte</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load16(ReadOnlySpan<byte> records, int index) => Widen512(Vector128.LoadUnsafe(in At(records, index, 16)));

    /// <summary>16 records that are <c>short</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load16(ReadOnlySpan<short> records, int index) => Widen512(Vector256.LoadUnsafe(in At(records, index, 16)));

    /// <summary>16 records that are <c>ushort</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load16(ReadOnlySpan<ushort> records, int index) => Widen512(Vector256.LoadUnsafe(in At(records, index, 16)));

    /// <summary>16 records that are <c>char</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load16(ReadOnlySpan<char> records, int index) => Load16(MemoryMarshal.Cast<char, ushort>(records), index);

    /// <summary>8 records that are <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load8(ReadOnlySpan<int> records, int index) => Vector256.LoadUnsafe(in At(records, index, 8));

    /// <summary>8 records that are <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Load8(ReadOnlySpan<uint> records, int index) => Vector256.LoadUnsafe(in At(records, index, 8));

    /// <summary>8 records that are <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load8(ReadOnlySpan<float> records, int index) => Vector256.LoadUnsafe(in At(records, index, 8));

    /// <summary>8 records that are <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> Load8(ReadOnlySpan<long> records, int index) => Vector512.LoadUnsafe(in At(records, index, 8));

    /// <summary>8 records that are <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Load8(ReadOnlySpan<ulong> records, int index) => Vector512.LoadUnsafe(in At(records, index, 8));

    /// <summary>8 records that are <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load8(ReadOnlySpan<double> records, int index) => Vector512.LoadUnsafe(in At(records, index, 8));

    /// <summary>8 records that are <c>sbyte</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load8(ReadOnlySpan<sbyte> records, int index) => Widen256(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(in Bytes(in At(records, index, 8)))).As<ulong, sbyte>());

    /// <summary>8 records that are <c>byte</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load8(ReadOnlySpan<byte> records, int index) => Widen256(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(in Bytes(in At(records, index, 8)))).As<ulong, byte>());

    /// <summary>8 records that are <c>short</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load8(ReadOnlySpan<short> records, int index) => Widen256(Vector128.LoadUnsafe(in At(records, index, 8)));

    /// <summary>8 records that are <c>ushort</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load8(ReadOnlySpan<ushort> records, int index) => Widen256(Vector128.LoadUnsafe(in At(records, index, 8)));

    /// <summary>8 records that are <c>char</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load8(ReadOnlySpan<char> records, int index) => Load8(MemoryMarshal.Cast<char, ushort>(records), index);

    /// <summary>4 records that are <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load4(ReadOnlySpan<int> records, int index) => Vector128.LoadUnsafe(in At(records, index, 4));

    /// <summary>4 records that are <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Load4(ReadOnlySpan<uint> records, int index) => Vector128.LoadUnsafe(in At(records, index, 4));

    /// <summary>4 records that are <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load4(ReadOnlySpan<float> records, int index) => Vector128.LoadUnsafe(in At(records, index, 4));

    /// <summary>4 records that are <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> Load4(ReadOnlySpan<long> records, int index) => Vector256.LoadUnsafe(in At(records, index, 4));

    /// <summary>4 records that are <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Load4(ReadOnlySpan<ulong> records, int index) => Vector256.LoadUnsafe(in At(records, index, 4));

    /// <summary>4 records that are <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load4(ReadOnlySpan<double> records, int index) => Vector256.LoadUnsafe(in At(records, index, 4));

    /// <summary>4 records that are <c>sbyte</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load4(ReadOnlySpan<sbyte> records, int index) => Widen128(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(in Bytes(in At(records, index, 4)))).As<uint, sbyte>());

    /// <summary>4 records that are <c>byte</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load4(ReadOnlySpan<byte> records, int index) => Widen128(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(in Bytes(in At(records, index, 4)))).As<uint, byte>());

    /// <summary>4 records that are <c>short</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load4(ReadOnlySpan<short> records, int index) => Widen128(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(in Bytes(in At(records, index, 4)))).As<ulong, short>());

    /// <summary>4 records that are <c>ushort</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load4(ReadOnlySpan<ushort> records, int index) => Widen128(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(in Bytes(in At(records, index, 4)))).As<ulong, ushort>());

    /// <summary>4 records that are <c>char</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load4(ReadOnlySpan<char> records, int index) => Load4(MemoryMarshal.Cast<char, ushort>(records), index);

    /// <summary>A record and those after it. What is read there lies within the span, as the assertion says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref readonly T At<T>(ReadOnlySpan<T> records, int index, int lanes)
    {
        Debug.Assert(index >= 0 && index <= records.Length - lanes);
        return ref Unsafe.Add(ref MemoryMarshal.GetReference(records), (nint)(uint)index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref readonly byte Bytes<T>(ref readonly T record) => ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in record));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Widen512(Vector128<sbyte> lanes) => Vector512.WidenLower(Vector256.WidenLower(lanes.ToVector256Unsafe()).ToVector512Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Widen512(Vector128<byte> lanes) => Vector512.WidenLower(Vector256.WidenLower(lanes.ToVector256Unsafe()).ToVector512Unsafe()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Widen512(Vector256<short> lanes) => Vector512.WidenLower(lanes.ToVector512Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Widen512(Vector256<ushort> lanes) => Vector512.WidenLower(lanes.ToVector512Unsafe()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen256(Vector128<sbyte> lanes) => Vector256.WidenLower(Vector128.WidenLower(lanes).ToVector256Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen256(Vector128<byte> lanes) => Vector256.WidenLower(Vector128.WidenLower(lanes).ToVector256Unsafe()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen256(Vector128<short> lanes) => Vector256.WidenLower(lanes.ToVector256Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen256(Vector128<ushort> lanes) => Vector256.WidenLower(lanes.ToVector256Unsafe()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> Widen128(Vector128<sbyte> lanes) => Vector128.WidenLower(Vector128.WidenLower(lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> Widen128(Vector128<byte> lanes) => Vector128.WidenLower(Vector128.WidenLower(lanes)).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> Widen128(Vector128<short> lanes) => Vector128.WidenLower(lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> Widen128(Vector128<ushort> lanes) => Vector128.WidenLower(lanes).AsInt32();
}
