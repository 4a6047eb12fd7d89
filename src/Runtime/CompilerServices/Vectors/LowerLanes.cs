using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// Loads and conversions for vectors of 128 bits in loops with lanes of 64 bits: of lanes of 32 bits, two records fill the lower half. What is in the
/// upper half has no meaning.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LowerLanes
{
    /// <summary>2 records that are <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load2(ReadOnlySpan<int> records, int index) => Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(in Lanes.Bytes(in Lanes.At(records, index, 2)))).As<ulong, int>();

    /// <summary>2 records that are <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Load2(ReadOnlySpan<uint> records, int index) => Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(in Lanes.Bytes(in Lanes.At(records, index, 2)))).As<ulong, uint>();

    /// <summary>2 records that are <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load2(ReadOnlySpan<float> records, int index) => Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(in Lanes.Bytes(in Lanes.At(records, index, 2)))).As<ulong, float>();

    /// <summary>2 records that are <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> Load2(ReadOnlySpan<long> records, int index) => Vector128.LoadUnsafe(in Lanes.At(records, index, 2));

    /// <summary>2 records that are <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Load2(ReadOnlySpan<ulong> records, int index) => Vector128.LoadUnsafe(in Lanes.At(records, index, 2));

    /// <summary>2 records that are <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Load2(ReadOnlySpan<double> records, int index) => Vector128.LoadUnsafe(in Lanes.At(records, index, 2));

    /// <summary>2 records that are <c>sbyte</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load2(ReadOnlySpan<sbyte> records, int index) => Lanes.Widen128(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ushort>(in Lanes.Bytes(in Lanes.At(records, index, 2)))).As<ushort, sbyte>());

    /// <summary>2 records that are <c>byte</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load2(ReadOnlySpan<byte> records, int index) => Lanes.Widen128(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ushort>(in Lanes.Bytes(in Lanes.At(records, index, 2)))).As<ushort, byte>());

    /// <summary>2 records that are <c>short</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load2(ReadOnlySpan<short> records, int index) => Lanes.Widen128(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(in Lanes.Bytes(in Lanes.At(records, index, 2)))).As<uint, short>());

    /// <summary>2 records that are <c>ushort</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load2(ReadOnlySpan<ushort> records, int index) => Lanes.Widen128(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(in Lanes.Bytes(in Lanes.At(records, index, 2)))).As<uint, ushort>());

    /// <summary>2 records that are <c>char</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load2(ReadOnlySpan<char> records, int index) => Load2(MemoryMarshal.Cast<char, ushort>(records), index);

    /// <summary>Each <c>int</c> as <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> ToInt64(Vector128<int> lanes) => Vector128.WidenLower(lanes);

    /// <summary>Each <c>uint</c> as <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> ToInt64(Vector128<uint> lanes) => Vector128.WidenLower(lanes).AsInt64();

    /// <summary>Each <c>int</c> as <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> ToUInt64(Vector128<int> lanes) => Vector128.WidenLower(lanes).AsUInt64();

    /// <summary>Each <c>uint</c> as <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> ToUInt64(Vector128<uint> lanes) => Vector128.WidenLower(lanes);

    /// <summary>Each <c>long</c> as <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ToInt32(Vector128<long> lanes) => Vector128.Narrow(lanes, Vector128<long>.Zero);

    /// <summary>Each <c>ulong</c> as <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ToInt32(Vector128<ulong> lanes) => ToInt32(lanes.AsInt64());

    /// <summary>Each <c>long</c> as <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ToUInt32(Vector128<long> lanes) => ToInt32(lanes).AsUInt32();

    /// <summary>Each <c>ulong</c> as <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ToUInt32(Vector128<ulong> lanes) => ToInt32(lanes.AsInt64()).AsUInt32();

    /// <summary>Each <c>int</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ToDouble(Vector128<int> lanes) => Vector128.ConvertToDouble(ToInt64(lanes));

    /// <summary>Each <c>uint</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ToDouble(Vector128<uint> lanes) => Vector128.ConvertToDouble(ToInt64(lanes));

    /// <summary>Each <c>long</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ToDouble(Vector128<long> lanes) => Vector128.ConvertToDouble(lanes);

    /// <summary>Each <c>ulong</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ToDouble(Vector128<ulong> lanes) => Vector128.ConvertToDouble(lanes);

    /// <summary>Each <c>float</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> ToDouble(Vector128<float> lanes) => Vector128.WidenLower(lanes);

    /// <summary>Each <c>double</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector128<double> lanes) => Vector128.Narrow(lanes, Vector128<double>.Zero);

    /// <summary>Each <c>long</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector128<long> lanes) => Vector128.Create((float)lanes[0], (float)lanes[1], 0, 0);

    /// <summary>Each <c>ulong</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector128<ulong> lanes) => Vector128.Create((float)lanes[0], (float)lanes[1], 0, 0);

    /// <summary>Each <c>double</c> as <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> ToInt64(Vector128<double> lanes) => Vector128.ConvertToInt64(lanes);

    /// <summary>Each <c>double</c> as <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> ToUInt64(Vector128<double> lanes) => Vector128.ConvertToUInt64(lanes);

    /// <summary>Each <c>float</c> as <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> ToInt64(Vector128<float> lanes) => Vector128.ConvertToInt64(ToDouble(lanes));

    /// <summary>Each <c>float</c> as <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> ToUInt64(Vector128<float> lanes) => Vector128.ConvertToUInt64(ToDouble(lanes));

    /// <summary>Each <c>double</c> as <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ToInt32(Vector128<double> lanes) => ToInt32(Vector128.Min(Vector128.Max(Vector128.ConvertToInt64(lanes), Vector128.Create((long)int.MinValue)), Vector128.Create((long)int.MaxValue)));

    /// <summary>Each <c>double</c> as <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ToUInt32(Vector128<double> lanes) => ToUInt32(Vector128.Min(Vector128.Max(Vector128.ConvertToInt64(lanes), Vector128.Create(0L)), Vector128.Create((long)uint.MaxValue)));

    /// <summary>Each <c>int</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector128<int> lanes) => Vector128.ConvertToSingle(lanes);

    /// <summary>Each <c>uint</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector128<uint> lanes) => Vector128.ConvertToSingle(lanes);

    /// <summary>Each <c>float</c> as <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ToInt32(Vector128<float> lanes) => Vector128.ConvertToInt32(lanes);

    /// <summary>Each <c>float</c> as <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ToUInt32(Vector128<float> lanes) => Vector128.ConvertToUInt32(lanes);
}
