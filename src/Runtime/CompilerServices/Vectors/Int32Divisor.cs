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
public readonly struct Int32Divisor
{
    private readonly int _divisor;
    private readonly int _reciprocal;
    private readonly int _sign;
    private readonly int _shift;

    /// <summary>Prepares a division.</summary>
    /// <param name="divisor">Not zero.</param>
    public Int32Divisor(int divisor)
    {
        ArgumentOutOfRangeException.ThrowIfZero(divisor);
        _divisor = divisor;
        _sign = divisor >> 31;
        var magnitude = (uint)((divisor ^ _sign) - _sign);
        var bits = Math.Max(32 - BitOperations.LeadingZeroCount(magnitude - 1), 1);
        _reciprocal = (int)((uint)((1UL << (31 + bits)) / magnitude) + 1);
        _shift = bits - 1;
    }

    /// <summary>The quotient of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> Divide(Vector512<int> lanes)
    {
        var upper = lanes + UpperHalf.OfProducts(lanes, Vector512.Create(_reciprocal));
        var sign = Vector512.Create(_sign);
        return (((upper >> _shift) - (lanes >> 31)) ^ sign) - sign;
    }

    /// <summary>The remainder of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> Remainder(Vector512<int> lanes) => lanes - (Divide(lanes) * Vector512.Create(_divisor));

    /// <summary>The quotient of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Divide(Vector256<int> lanes)
    {
        var upper = lanes + UpperHalf.OfProducts(lanes, Vector256.Create(_reciprocal));
        var sign = Vector256.Create(_sign);
        return (((upper >> _shift) - (lanes >> 31)) ^ sign) - sign;
    }

    /// <summary>The remainder of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Remainder(Vector256<int> lanes) => lanes - (Divide(lanes) * Vector256.Create(_divisor));

    /// <summary>The quotient of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> Divide(Vector128<int> lanes)
    {
        var upper = lanes + UpperHalf.OfProducts(lanes, Vector128.Create(_reciprocal));
        var sign = Vector128.Create(_sign);
        return (((upper >> _shift) - (lanes >> 31)) ^ sign) - sign;
    }

    /// <summary>The remainder of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> Remainder(Vector128<int> lanes) => lanes - (Divide(lanes) * Vector128.Create(_divisor));
}
