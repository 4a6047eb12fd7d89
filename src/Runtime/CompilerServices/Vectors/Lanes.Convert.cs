using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CodegenStreaming.CompilerServices;

/// <content>
/// Conversions with C#'s results: between lanes of 32 and of 64 bits, from a vector to one of half the size and back; floating-point numbers beyond an
/// integer's range give its nearest end, NaN gives zero.
/// </content>
public static partial class Lanes
{
    /// <summary>Each <c>int</c> as <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> ToInt64(Vector256<int> lanes) => Vector512.WidenLower(lanes.ToVector512Unsafe());

    /// <summary>Each <c>uint</c> as <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> ToInt64(Vector256<uint> lanes) => Vector512.WidenLower(lanes.ToVector512Unsafe()).AsInt64();

    /// <summary>Each <c>int</c> as <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> ToUInt64(Vector256<int> lanes) => Vector512.WidenLower(lanes.ToVector512Unsafe()).AsUInt64();

    /// <summary>Each <c>uint</c> as <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> ToUInt64(Vector256<uint> lanes) => Vector512.WidenLower(lanes.ToVector512Unsafe());

    /// <summary>Each <c>long</c> as <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ToInt32(Vector512<long> lanes) => Avx512F.IsSupported ? Avx512F.ConvertToVector256Int32(lanes) : Vector512.Narrow(lanes, lanes).GetLower();

    /// <summary>Each <c>ulong</c> as <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ToInt32(Vector512<ulong> lanes) => ToInt32(lanes.AsInt64());

    /// <summary>Each <c>long</c> as <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ToUInt32(Vector512<long> lanes) => ToInt32(lanes).AsUInt32();

    /// <summary>Each <c>ulong</c> as <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ToUInt32(Vector512<ulong> lanes) => ToInt32(lanes.AsInt64()).AsUInt32();

    /// <summary>Each <c>int</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDouble(Vector256<int> lanes) => Avx512F.IsSupported ? Avx512F.ConvertToVector512Double(lanes) : Vector512.ConvertToDouble(ToInt64(lanes));

    /// <summary>Each <c>uint</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDouble(Vector256<uint> lanes) => Vector512.ConvertToDouble(ToInt64(lanes));

    /// <summary>Each <c>long</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDouble(Vector512<long> lanes) => Vector512.ConvertToDouble(lanes);

    /// <summary>Each <c>ulong</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDouble(Vector512<ulong> lanes) => Vector512.ConvertToDouble(lanes);

    /// <summary>Each <c>float</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDouble(Vector256<float> lanes) => Vector512.WidenLower(lanes.ToVector512Unsafe());

    /// <summary>Each <c>double</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToSingle(Vector512<double> lanes) => Vector512.Narrow(lanes, lanes).GetLower();

    /// <summary>Each <c>long</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToSingle(Vector512<long> lanes) => Avx512DQ.IsSupported ? Avx512DQ.ConvertToVector256Single(lanes) : EachToSingle(lanes);

    /// <summary>Each <c>ulong</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToSingle(Vector512<ulong> lanes) => Avx512DQ.IsSupported ? Avx512DQ.ConvertToVector256Single(lanes) : EachToSingle(lanes);

    /// <summary>Each <c>double</c> as <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> ToInt64(Vector512<double> lanes) => Vector512.ConvertToInt64(lanes);

    /// <summary>Each <c>double</c> as <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> ToUInt64(Vector512<double> lanes) => Vector512.ConvertToUInt64(lanes);

    /// <summary>Each <c>float</c> as <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> ToInt64(Vector256<float> lanes) => Vector512.ConvertToInt64(ToDouble(lanes));

    /// <summary>Each <c>float</c> as <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> ToUInt64(Vector256<float> lanes) => Vector512.ConvertToUInt64(ToDouble(lanes));

    /// <summary>Each <c>double</c> as <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ToInt32(Vector512<double> lanes) => ToInt32(Vector512.Min(Vector512.Max(Vector512.ConvertToInt64(lanes), Vector512.Create((long)int.MinValue)), Vector512.Create((long)int.MaxValue)));

    /// <summary>Each <c>double</c> as <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ToUInt32(Vector512<double> lanes) => ToUInt32(Vector512.Min(Vector512.Max(Vector512.ConvertToInt64(lanes), Vector512.Create(0L)), Vector512.Create((long)uint.MaxValue)));

    /// <summary>Each <c>int</c> as <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> ToInt64(Vector128<int> lanes) => Vector256.WidenLower(lanes.ToVector256Unsafe());

    /// <summary>Each <c>uint</c> as <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> ToInt64(Vector128<uint> lanes) => Vector256.WidenLower(lanes.ToVector256Unsafe()).AsInt64();

    /// <summary>Each <c>int</c> as <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> ToUInt64(Vector128<int> lanes) => Vector256.WidenLower(lanes.ToVector256Unsafe()).AsUInt64();

    /// <summary>Each <c>uint</c> as <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> ToUInt64(Vector128<uint> lanes) => Vector256.WidenLower(lanes.ToVector256Unsafe());

    /// <summary>Each <c>long</c> as <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ToInt32(Vector256<long> lanes) => Avx512F.VL.IsSupported ? Avx512F.VL.ConvertToVector128Int32(lanes) : Vector256.Narrow(lanes, lanes).GetLower();

    /// <summary>Each <c>ulong</c> as <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ToInt32(Vector256<ulong> lanes) => ToInt32(lanes.AsInt64());

    /// <summary>Each <c>long</c> as <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ToUInt32(Vector256<long> lanes) => ToInt32(lanes).AsUInt32();

    /// <summary>Each <c>ulong</c> as <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ToUInt32(Vector256<ulong> lanes) => ToInt32(lanes.AsInt64()).AsUInt32();

    /// <summary>Each <c>int</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDouble(Vector128<int> lanes) => Avx.IsSupported ? Avx.ConvertToVector256Double(lanes) : Vector256.ConvertToDouble(ToInt64(lanes));

    /// <summary>Each <c>uint</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDouble(Vector128<uint> lanes) => Vector256.ConvertToDouble(ToInt64(lanes));

    /// <summary>Each <c>long</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDouble(Vector256<long> lanes) => Vector256.ConvertToDouble(lanes);

    /// <summary>Each <c>ulong</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDouble(Vector256<ulong> lanes) => Vector256.ConvertToDouble(lanes);

    /// <summary>Each <c>float</c> as <c>double</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDouble(Vector128<float> lanes) => Vector256.WidenLower(lanes.ToVector256Unsafe());

    /// <summary>Each <c>double</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector256<double> lanes) => Vector256.Narrow(lanes, lanes).GetLower();

    /// <summary>Each <c>long</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector256<long> lanes) => Avx512DQ.VL.IsSupported ? Avx512DQ.VL.ConvertToVector128Single(lanes) : EachToSingle(lanes);

    /// <summary>Each <c>ulong</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector256<ulong> lanes) => Avx512DQ.VL.IsSupported ? Avx512DQ.VL.ConvertToVector128Single(lanes) : EachToSingle(lanes);

    /// <summary>Each <c>double</c> as <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> ToInt64(Vector256<double> lanes) => Vector256.ConvertToInt64(lanes);

    /// <summary>Each <c>double</c> as <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> ToUInt64(Vector256<double> lanes) => Vector256.ConvertToUInt64(lanes);

    /// <summary>Each <c>float</c> as <c>long</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> ToInt64(Vector128<float> lanes) => Vector256.ConvertToInt64(ToDouble(lanes));

    /// <summary>Each <c>float</c> as <c>ulong</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> ToUInt64(Vector128<float> lanes) => Vector256.ConvertToUInt64(ToDouble(lanes));

    /// <summary>Each <c>double</c> as <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ToInt32(Vector256<double> lanes) => ToInt32(Vector256.Min(Vector256.Max(Vector256.ConvertToInt64(lanes), Vector256.Create((long)int.MinValue)), Vector256.Create((long)int.MaxValue)));

    /// <summary>Each <c>double</c> as <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ToUInt32(Vector256<double> lanes) => ToUInt32(Vector256.Min(Vector256.Max(Vector256.ConvertToInt64(lanes), Vector256.Create(0L)), Vector256.Create((long)uint.MaxValue)));

    /// <summary>Each <c>int</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ToSingle(Vector512<int> lanes) => Vector512.ConvertToSingle(lanes);

    /// <summary>Each <c>uint</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ToSingle(Vector512<uint> lanes) => Vector512.ConvertToSingle(lanes);

    /// <summary>Each <c>float</c> as <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> ToInt32(Vector512<float> lanes) => Vector512.ConvertToInt32(lanes);

    /// <summary>Each <c>float</c> as <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ToUInt32(Vector512<float> lanes) => Vector512.ConvertToUInt32(lanes);

    /// <summary>Each <c>int</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToSingle(Vector256<int> lanes) => Vector256.ConvertToSingle(lanes);

    /// <summary>Each <c>uint</c> as <c>float</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToSingle(Vector256<uint> lanes) => Vector256.ConvertToSingle(lanes);

    /// <summary>Each <c>float</c> as <c>int</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ToInt32(Vector256<float> lanes) => Vector256.ConvertToInt32(lanes);

    /// <summary>Each <c>float</c> as <c>uint</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ToUInt32(Vector256<float> lanes) => Vector256.ConvertToUInt32(lanes);

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

    /// <summary>Rounded once, as C# does; by way of double it would be rounded twice.</summary>
    private static Vector256<float> EachToSingle(Vector512<long> lanes) =>
        Vector256.Create((float)lanes[0], (float)lanes[1], (float)lanes[2], (float)lanes[3], (float)lanes[4], (float)lanes[5], (float)lanes[6], (float)lanes[7]);

    /// <summary>Rounded once, as C# does; by way of double it would be rounded twice.</summary>
    private static Vector256<float> EachToSingle(Vector512<ulong> lanes) =>
        Vector256.Create((float)lanes[0], (float)lanes[1], (float)lanes[2], (float)lanes[3], (float)lanes[4], (float)lanes[5], (float)lanes[6], (float)lanes[7]);

    /// <summary>Rounded once, as C# does; by way of double it would be rounded twice.</summary>
    private static Vector128<float> EachToSingle(Vector256<long> lanes) =>
        Vector128.Create((float)lanes[0], (float)lanes[1], (float)lanes[2], (float)lanes[3]);

    /// <summary>Rounded once, as C# does; by way of double it would be rounded twice.</summary>
    private static Vector128<float> EachToSingle(Vector256<ulong> lanes) =>
        Vector128.Create((float)lanes[0], (float)lanes[1], (float)lanes[2], (float)lanes[3]);
}
