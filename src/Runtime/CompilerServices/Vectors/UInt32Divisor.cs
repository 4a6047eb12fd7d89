using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// Division of lanes by a constant: a multiplication by its reciprocal, of which the upper half counts, and shifts, as a compiler divides one number
/// (Granlund and Montgomery, Division by Invariant Integers using Multiplication, 1994, figures 4.1). Truncates as C# does.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt32Divisor
{
    private readonly uint _divisor;
    private readonly uint _reciprocal;
    private readonly int _firstShift;
    private readonly int _lastShift;

    /// <summary>Prepares a division.</summary>
    /// <param name="divisor">Not zero.</param>
    public UInt32Divisor(uint divisor)
    {
        ArgumentOutOfRangeException.ThrowIfZero(divisor);
        var bits = 32 - BitOperations.LeadingZeroCount(divisor - 1);
        var excess = (1UL << bits) - divisor;
        _divisor = divisor;
        _reciprocal = (uint)(((excess << 32) / divisor) + 1);
        _firstShift = Math.Min(bits, 1);
        _lastShift = Math.Max(bits - 1, 0);
    }

    /// <summary>The quotient of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<uint> Divide(Vector512<uint> lanes)
    {
        var upper = UpperHalf.OfProducts(lanes, Vector512.Create(_reciprocal));
        return (upper + ((lanes - upper) >> _firstShift)) >> _lastShift;
    }

    /// <summary>The remainder of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<uint> Remainder(Vector512<uint> lanes) => lanes - (Divide(lanes) * Vector512.Create(_divisor));

    /// <summary>The quotient of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Divide(Vector256<uint> lanes)
    {
        var upper = UpperHalf.OfProducts(lanes, Vector256.Create(_reciprocal));
        return (upper + ((lanes - upper) >> _firstShift)) >> _lastShift;
    }

    /// <summary>The remainder of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<uint> Remainder(Vector256<uint> lanes) => lanes - (Divide(lanes) * Vector256.Create(_divisor));

    /// <summary>The quotient of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<uint> Divide(Vector128<uint> lanes)
    {
        var upper = UpperHalf.OfProducts(lanes, Vector128.Create(_reciprocal));
        return (upper + ((lanes - upper) >> _firstShift)) >> _lastShift;
    }

    /// <summary>The remainder of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<uint> Remainder(Vector128<uint> lanes) => lanes - (Divide(lanes) * Vector128.Create(_divisor));
}
