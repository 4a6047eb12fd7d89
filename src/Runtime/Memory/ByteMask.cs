using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CodegenStreaming.Memory;

/// <summary>
/// Sixty-four bytes as one word: a bit for each byte, the first byte's the lowest, set where the byte is what is looked for. Everything that walks
/// over text goes from set bit to set bit of such words. They are made with the widest vectors that the machine has, or without any; the conditions are
/// constants to the compiler.
/// </summary>
internal static class ByteMask
{
    /// <summary>How many bytes a mask stands for.</summary>
    public const int Length = 64;

    /// <summary>Where the bytes are a value. Reads <see cref="Length"/> bytes, all of which must lie in the array: text of a block is padded for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ref readonly byte text, byte value)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Vector512.Equals(Vector512.LoadUnsafe(in text), Vector512.Create(value)).ExtractMostSignificantBits();
        }

        if (Vector256.IsHardwareAccelerated)
        {
            var values = Vector256.Create(value);
            ulong low = Vector256.Equals(Vector256.LoadUnsafe(in text), values).ExtractMostSignificantBits();
            ulong high = Vector256.Equals(Vector256.LoadUnsafe(in text, 32), values).ExtractMostSignificantBits();
            return low | (high << 32);
        }

        return Vector128.IsHardwareAccelerated ? OfVectors128(in text, value) : OfWords(in text, value);
    }

    /// <summary>Where the bytes are a value or another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfEither(ref readonly byte text, byte value, byte other)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(in text);
            return (Vector512.Equals(bytes, Vector512.Create(value)) | Vector512.Equals(bytes, Vector512.Create(other))).ExtractMostSignificantBits();
        }

        return Of(in text, value) | Of(in text, other);
    }

    /// <summary>Where the bytes are one of a set of ASCII characters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfSet(ref readonly byte text, AsciiSet set)
    {
        ulong first = set.Mask(Vector128.LoadUnsafe(in text));
        ulong second = set.Mask(Vector128.LoadUnsafe(in text, 16));
        ulong third = set.Mask(Vector128.LoadUnsafe(in text, 32));
        ulong fourth = set.Mask(Vector128.LoadUnsafe(in text, 48));
        return first | (second << 16) | (third << 32) | (fourth << 48);
    }

    /// <summary>A mask of the lowest bits, from none to all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Lowest(int count) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.ZeroHighBits(ulong.MaxValue, (ulong)Math.Min(count, Length)) : count >= Length ? ulong.MaxValue : (1UL << count) - 1;

    internal static ulong OfVectors128(ref readonly byte text, byte value)
    {
        var values = Vector128.Create(value);
        ulong first = Vector128.Equals(Vector128.LoadUnsafe(in text), values).ExtractMostSignificantBits();
        ulong second = Vector128.Equals(Vector128.LoadUnsafe(in text, 16), values).ExtractMostSignificantBits();
        ulong third = Vector128.Equals(Vector128.LoadUnsafe(in text, 32), values).ExtractMostSignificantBits();
        ulong fourth = Vector128.Equals(Vector128.LoadUnsafe(in text, 48), values).ExtractMostSignificantBits();
        return first | (second << 16) | (third << 32) | (fourth << 48);
    }

    /// <summary>Eight bytes at a time in ordinary registers.</summary>
    internal static ulong OfWords(ref readonly byte text, byte value)
    {
        const ulong Sevens = 0x7F7F7F7F7F7F7F7F;
        var mask = 0UL;
        for (var index = 0; index < Length; index += sizeof(ulong))
        {
            var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref Unsafe.AsRef(in text), index));
            word = (BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word)) ^ (0x0101010101010101UL * value);

            // The upper bit of each byte that is zero now, and then these eight bits side by side: each step of the product moves one of them up.
            var zeros = ~(((word & Sevens) + Sevens) | word | Sevens);
            mask |= (((zeros >> 7) * 0x0102040810204080) >> 56) << index;
        }

        return mask;
    }
}
