using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// Division of lanes by a constant: a multiplication by its reciprocal, of which the upper half counts, and shifts, as a compiler divides one number
/// (Granlund and Montgomery, Division by Invariant Integers using Multiplication, 1994, figures 5.1 and 5.2). Truncates as C# does.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int64Divisor
{
    private readonly long _divisor;
    private readonly long _reciprocal;
    private readonly long _sign;
    private readonly int _shift;

    /// <summary>Prepares a division.</summary>
    /// <param name="divisor">Not zero.</param>
    public Int64Divisor(long divisor)
    {
        ArgumentOutOfRangeException.ThrowIfZero(divisor);
        _divisor = divisor;
        _sign = divisor >> 63;
        var magnitude = (ulong)((divisor ^ _sign) - _sign);
        var bits = Math.Max(64 - BitOperations.LeadingZeroCount(magnitude - 1), 1);
        _reciprocal = (long)((ulong)((UInt128.One << (63 + bits)) / magnitude) + 1);
        _shift = bits - 1;
    }

    /// <summary>The quotient of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<long> Divide(Vector512<long> lanes)
    {
        var upper = lanes + UpperHalf.OfProducts(lanes, Vector512.Create(_reciprocal));
        var sign = Vector512.Create(_sign);
        return (((upper >> _shift) - (lanes >> 63)) ^ sign) - sign;
    }

    /// <summary>The remainder of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<long> Remainder(Vector512<long> lanes) => lanes - (Divide(lanes) * Vector512.Create(_divisor));

    /// <summary>The quotient of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<long> Divide(Vector256<long> lanes)
    {
        var upper = lanes + UpperHalf.OfProducts(lanes, Vector256.Create(_reciprocal));
        var sign = Vector256.Create(_sign);
        return (((upper >> _shift) - (lanes >> 63)) ^ sign) - sign;
    }

    /// <summary>The remainder of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<long> Remainder(Vector256<long> lanes) => lanes - (Divide(lanes) * Vector256.Create(_divisor));

    /// <summary>The quotient of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<long> Divide(Vector128<long> lanes)
    {
        var upper = lanes + UpperHalf.OfProducts(lanes, Vector128.Create(_reciprocal));
        var sign = Vector128.Create(_sign);
        return (((upper >> _shift) - (lanes >> 63)) ^ sign) - sign;
    }

    /// <summary>The remainder of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<long> Remainder(Vector128<long> lanes) => lanes - (Divide(lanes) * Vector128.Create(_divisor));
}
