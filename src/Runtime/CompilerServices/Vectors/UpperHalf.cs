using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CodegenStreaming.CompilerServices;

/// <summary>The upper halves of the products of lanes, which divisions by a constant consist of.</summary>
internal static class UpperHalf
{
    /// <summary>Of signed lanes of 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> OfProducts(Vector512<int> left, Vector512<int> right)
    {
        var even = Product(left, right).AsUInt64() >> 32;
        var odd = Product((left.AsUInt64() >> 32).AsInt32(), (right.AsUInt64() >> 32).AsInt32()).AsUInt64();
        return (even | (odd & Vector512.Create(0xFFFFFFFF00000000UL))).AsInt32();
    }

    /// <summary>Of unsigned lanes of 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> OfProducts(Vector512<uint> left, Vector512<uint> right)
    {
        var even = Product(left, right) >> 32;
        var odd = Product((left.AsUInt64() >> 32).AsUInt32(), (right.AsUInt64() >> 32).AsUInt32());
        return (even | (odd & Vector512.Create(0xFFFFFFFF00000000UL))).AsUInt32();
    }

    /// <summary>Of signed lanes of 64 bits: as of unsigned ones, less what a sign bit counted for too much.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> OfProducts(Vector512<long> left, Vector512<long> right) =>
        OfProducts(left.AsUInt64(), right.AsUInt64()).AsInt64() - ((left >> 63) & right) - ((right >> 63) & left);

    /// <summary>Of unsigned lanes of 64 bits, from the products of their halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> OfProducts(Vector512<ulong> left, Vector512<ulong> right)
    {
        var lower = Vector512.Create(0xFFFFFFFFUL);
        var (leftUpper, rightUpper) = ((left >> 32).AsUInt32(), (right >> 32).AsUInt32());
        var lowest = Product(left.AsUInt32(), right.AsUInt32()) >> 32;
        var middle = Product(leftUpper, right.AsUInt32()) + lowest;
        var other = Product(left.AsUInt32(), rightUpper) + (middle & lower);
        return Product(leftUpper, rightUpper) + (middle >> 32) + (other >> 32);
    }

    /// <summary>The products of the even lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Product(Vector512<int> left, Vector512<int> right) =>
        Avx512F.IsSupported ? Avx512F.Multiply(left, right) : ((left.AsInt64() << 32) >> 32) * ((right.AsInt64() << 32) >> 32);

    /// <summary>The products of the even lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Product(Vector512<uint> left, Vector512<uint> right) =>
        Avx512F.IsSupported
            ? Avx512F.Multiply(left, right)
            : (left.AsUInt64() & Vector512.Create(0xFFFFFFFFUL)) * (right.AsUInt64() & Vector512.Create(0xFFFFFFFFUL));

    /// <summary>Of signed lanes of 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> OfProducts(Vector256<int> left, Vector256<int> right)
    {
        var even = Product(left, right).AsUInt64() >> 32;
        var odd = Product((left.AsUInt64() >> 32).AsInt32(), (right.AsUInt64() >> 32).AsInt32()).AsUInt64();
        return (even | (odd & Vector256.Create(0xFFFFFFFF00000000UL))).AsInt32();
    }

    /// <summary>Of unsigned lanes of 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> OfProducts(Vector256<uint> left, Vector256<uint> right)
    {
        var even = Product(left, right) >> 32;
        var odd = Product((left.AsUInt64() >> 32).AsUInt32(), (right.AsUInt64() >> 32).AsUInt32());
        return (even | (odd & Vector256.Create(0xFFFFFFFF00000000UL))).AsUInt32();
    }

    /// <summary>Of signed lanes of 64 bits: as of unsigned ones, less what a sign bit counted for too much.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> OfProducts(Vector256<long> left, Vector256<long> right) =>
        OfProducts(left.AsUInt64(), right.AsUInt64()).AsInt64() - ((left >> 63) & right) - ((right >> 63) & left);

    /// <summary>Of unsigned lanes of 64 bits, from the products of their halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> OfProducts(Vector256<ulong> left, Vector256<ulong> right)
    {
        var lower = Vector256.Create(0xFFFFFFFFUL);
        var (leftUpper, rightUpper) = ((left >> 32).AsUInt32(), (right >> 32).AsUInt32());
        var lowest = Product(left.AsUInt32(), right.AsUInt32()) >> 32;
        var middle = Product(leftUpper, right.AsUInt32()) + lowest;
        var other = Product(left.AsUInt32(), rightUpper) + (middle & lower);
        return Product(leftUpper, rightUpper) + (middle >> 32) + (other >> 32);
    }

    /// <summary>The products of the even lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Product(Vector256<int> left, Vector256<int> right) =>
        Avx2.IsSupported ? Avx2.Multiply(left, right) : ((left.AsInt64() << 32) >> 32) * ((right.AsInt64() << 32) >> 32);

    /// <summary>The products of the even lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Product(Vector256<uint> left, Vector256<uint> right) =>
        Avx2.IsSupported
            ? Avx2.Multiply(left, right)
            : (left.AsUInt64() & Vector256.Create(0xFFFFFFFFUL)) * (right.AsUInt64() & Vector256.Create(0xFFFFFFFFUL));

    /// <summary>Of signed lanes of 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> OfProducts(Vector128<int> left, Vector128<int> right)
    {
        var even = Product(left, right).AsUInt64() >> 32;
        var odd = Product((left.AsUInt64() >> 32).AsInt32(), (right.AsUInt64() >> 32).AsInt32()).AsUInt64();
        return (even | (odd & Vector128.Create(0xFFFFFFFF00000000UL))).AsInt32();
    }

    /// <summary>Of unsigned lanes of 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> OfProducts(Vector128<uint> left, Vector128<uint> right)
    {
        var even = Product(left, right) >> 32;
        var odd = Product((left.AsUInt64() >> 32).AsUInt32(), (right.AsUInt64() >> 32).AsUInt32());
        return (even | (odd & Vector128.Create(0xFFFFFFFF00000000UL))).AsUInt32();
    }

    /// <summary>Of signed lanes of 64 bits: as of unsigned ones, less what a sign bit counted for too much.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> OfProducts(Vector128<long> left, Vector128<long> right) =>
        OfProducts(left.AsUInt64(), right.AsUInt64()).AsInt64() - ((left >> 63) & right) - ((right >> 63) & left);

    /// <summary>Of unsigned lanes of 64 bits, from the products of their halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> OfProducts(Vector128<ulong> left, Vector128<ulong> right)
    {
        var lower = Vector128.Create(0xFFFFFFFFUL);
        var (leftUpper, rightUpper) = ((left >> 32).AsUInt32(), (right >> 32).AsUInt32());
        var lowest = Product(left.AsUInt32(), right.AsUInt32()) >> 32;
        var middle = Product(leftUpper, right.AsUInt32()) + lowest;
        var other = Product(left.AsUInt32(), rightUpper) + (middle & lower);
        return Product(leftUpper, rightUpper) + (middle >> 32) + (other >> 32);
    }

    /// <summary>The products of the even lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> Product(Vector128<int> left, Vector128<int> right) =>
        Sse41.IsSupported ? Sse41.Multiply(left, right) : ((left.AsInt64() << 32) >> 32) * ((right.AsInt64() << 32) >> 32);

    /// <summary>The products of the even lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Product(Vector128<uint> left, Vector128<uint> right) =>
        Sse2.IsSupported
            ? Sse2.Multiply(left, right)
            : (left.AsUInt64() & Vector128.Create(0xFFFFFFFFUL)) * (right.AsUInt64() & Vector128.Create(0xFFFFFFFFUL));
}
