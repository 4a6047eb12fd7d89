using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CodegenStreaming.Memory;

/// <summary>Comparison and search that take the upper and lower case of an ASCII letter for the same; every other byte is itself.</summary>
internal static class AsciiCase
{
    private const byte CaseBit = 0x20;

    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        var index = 0;
        for (; index <= left.Length - Vector128<byte>.Count; index += Vector128<byte>.Count)
        {
            if (Lower(Vector128.Create(left[index..])) != Lower(Vector128.Create(right[index..])))
            {
                return false;
            }
        }

        for (; index < left.Length; index++)
        {
            if (Lower(left[index]) != Lower(right[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The first occurrence of a text within another one that lies in a block, or -1. Where both its first and its last byte stand at their places is marked
    /// for 64 places at a time; only there it is compared.
    /// </summary>
    /// <param name="text">The first byte of a text of a block: loads go past the text, into the block's padding.</param>
    /// <param name="length">The text's length.</param>
    /// <param name="wanted">What is looked for.</param>
    public static int IndexOf(ref byte text, int length, ReadOnlySpan<byte> wanted)
    {
        if (wanted.IsEmpty)
        {
            return 0;
        }

        var (first, last) = (new Candidate(wanted[0]), new Candidate(wanted[^1]));
        var places = length - wanted.Length + 1;
        for (var place = 0; place < places; place += ByteMask.Length)
        {
            // Both begin within the text: the second at the end of the first place's occurrence.
            var mask = first.Mask(ref Unsafe.Add(ref text, place)) & last.Mask(ref Unsafe.Add(ref text, place + wanted.Length - 1)) & ByteMask.Lowest(places - place);
            for (; mask != 0; mask &= mask - 1)
            {
                var found = place + BitOperations.TrailingZeroCount(mask);
                if (AreEqual(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref text, found), wanted.Length), wanted))
                {
                    return found;
                }
            }
        }

        return -1;
    }

    private static byte Lower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | CaseBit) : value;

    private static Vector128<byte> Lower(Vector128<byte> values)
    {
        var isUpper = Vector128.LessThan(values - Vector128.Create((byte)'A'), Vector128.Create((byte)26));
        return values | (isUpper & Vector128.Create(CaseBit));
    }

    /// <summary>A byte to be found, and the same letter's other case.</summary>
    private readonly struct Candidate(byte value)
    {
        private readonly byte _lower = Lower(value);
        private readonly byte _upper = Lower(value) is >= (byte)'a' and <= (byte)'z' and var letter ? (byte)(letter & ~CaseBit) : value;

        public ulong Mask(ref byte text) => ByteMask.OfEither(in text, _lower, _upper);
    }
}
