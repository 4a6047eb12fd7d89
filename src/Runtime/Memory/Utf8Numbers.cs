using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CodegenStreaming.Memory;

/// <summary>
/// Reads the common forms of numbers from the text of a block, eight digits at a time: a sign or none, up to sixteen digits, and a point among them or none. What
/// has another form is left to the framework's parser, so a refusal here says nothing of the text. Loads go past the text, into the block's padding.
/// </summary>
internal static class Utf8Numbers
{
    /// <summary>What a number is looked for in: one vector of bytes, in which each digit and the point are found at once.</summary>
    private const int LongestForm = 16;

    private const ulong Zeros = 0x3030303030303030;

    /// <summary>What sets the upper bit of a byte that is more than nine when it is added to it.</summary>
    private const ulong Sixes = 0x7676767676767676;

    private const ulong UpperBits = 0x8080808080808080;

    /// <summary>Powers of ten that a double holds exactly.</summary>
    private static readonly double[] ExactPowers = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private static readonly long[] Powers =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    ];

    /// <summary>Reads a whole number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadInteger(ref byte text, int length, out long value)
    {
        var signs = SignsOf(in text, out var minus);
        var isRead = TryReadDigits(ref Unsafe.Add(ref text, signs), length - signs, out value);
        value = Signed(value, minus);
        return isRead;
    }

    /// <summary>Reads a number with or without a point as its digits, how many of them stand behind the point, and one minus or none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadDecimal(ref byte text, int length, out long digits, out int decimals, out int minus)
    {
        var signs = SignsOf(in text, out minus);
        text = ref Unsafe.Add(ref text, signs);
        length -= signs;
        decimals = 0;
        digits = 0;
        if ((uint)(length - 1) >= LongestForm)
        {
            return false;
        }

        var others = NonDigits(ref text, length);
        if (others == 0)
        {
            digits = Digits(ref text, length);
            return true;
        }

        var point = BitOperations.TrailingZeroCount(others);
        if ((others & (others - 1)) != 0 || Unsafe.Add(ref text, point) != '.' || length == 1)
        {
            return false;
        }

        decimals = length - point - 1;
        digits = (Digits(ref text, point) * Powers[decimals]) + Digits(ref Unsafe.Add(ref text, point + 1), decimals);
        return true;
    }

    /// <summary>
    /// The double next to a decimal number. Up to fifteen digits and a power of ten below 10^23 are doubles themselves, so the division is the only rounding.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadDouble(ref byte text, int length, out double value)
    {
        const long MostExact = 1L << 53;
        if (!TryReadDecimal(ref text, length, out var digits, out var decimals, out var minus) || digits > MostExact)
        {
            value = 0;
            return false;
        }

        // The sign's bit, which zero has too.
        value = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(digits / ExactPowers[decimals]) | ((long)minus << 63));
        return true;
    }

    /// <summary>Reads a number as that many times a power of ten: with two decimals, <c>1.5</c> is 150. False where it has more decimals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadScaled(ref byte text, int length, int scale, out long value)
    {
        if (!TryReadDecimal(ref text, length, out var digits, out var decimals, out var minus) || (uint)(scale - decimals) > 2)
        {
            value = 0;
            return false;
        }

        // At most sixteen digits and two more.
        value = Signed(digits * Powers[scale - decimals], minus);
        return true;
    }

    /// <summary>
    /// The same for the usual form: up to eight characters, and where there are decimals, as many as are asked for. So it is known where the point is, and
    /// nothing is looked for: the text becomes one word with its last character on top, what stands before the point moves up over it, and all is digits or
    /// the text has another form.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadShortScaled(ref byte text, int length, int scale, out long value)
    {
        const int Bits = 8;
        const ulong Point = '.' ^ '0';
        value = 0;
        if ((uint)scale >= sizeof(ulong) || (uint)(length - scale - 1) >= (uint)(sizeof(ulong) - scale))
        {
            return false;
        }

        // A minus becomes a zero in front. Where it stands for the only digit, the point is not in its place, or there is no point and it is all the text.
        var word = Word(ref text) ^ Zeros;
        var minus = (byte)word == ('-' ^ '0') ? 1 : 0;
        word &= ~(ulong)(byte)-minus;
        word <<= (sizeof(ulong) - length) * Bits;
        var others = 0UL;
        if (scale > 0)
        {
            var decimals = ulong.MaxValue << ((sizeof(ulong) - scale) * Bits);
            others = (byte)(word >> ((sizeof(ulong) - 1 - scale) * Bits)) ^ Point;
            word = (word & decimals) | ((word << Bits) & ~decimals);
        }
        else if (length == minus)
        {
            return false;
        }

        value = Signed(Number(word), minus);
        return (((word + Sixes) | word) & UpperBits | others) == 0;
    }

    /// <summary>Reads up to sixteen digits and nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadDigits(ref byte text, int length, out long value)
    {
        if ((uint)(length - 1) >= LongestForm || NonDigits(ref text, length) != 0)
        {
            value = 0;
            return false;
        }

        value = Digits(ref text, length);
        return true;
    }

    /// <summary>Two digits as a number; more than 99 where they are no digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint TwoDigits(ref byte text, int position)
    {
        var tens = (uint)Unsafe.Add(ref text, position) - '0';
        var ones = (uint)Unsafe.Add(ref text, position + 1) - '0';
        return tens > 9 || ones > 9 ? uint.MaxValue : (tens * 10) + ones;
    }

    /// <summary>
    /// The length of the sign, one or none, without a branch: which numbers are negative, no processor foresees. An empty text, behind which a sign may stand, has
    /// a negative length then and is refused.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SignsOf(ref readonly byte text, out int minus)
    {
        minus = text == '-' ? 1 : 0;
        return minus | (text == '+' ? 1 : 0);
    }

    /// <summary>All bits turned and one added, where there is a minus.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Signed(long value, int minus) => (value ^ -minus) + minus;

    /// <summary>A bit for each of the first bytes that is no digit; at most sixteen are looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint NonDigits(ref byte text, int length)
    {
        var values = Vector128.LoadUnsafe(ref text) - Vector128.Create((byte)'0');
        return Vector128.GreaterThan(values, Vector128.Create((byte)9)).ExtractMostSignificantBits() & ((1u << length) - 1);
    }

    /// <summary>The number that up to sixteen digits make; they are digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Digits(ref byte text, int count) => count <= sizeof(ulong)
        ? UpToEight(ref text, count)
        : (UpToEight(ref text, count - sizeof(ulong)) * 100_000_000) + UpToEight(ref Unsafe.Add(ref text, count - sizeof(ulong)), sizeof(ulong));

    /// <summary>Pairs, then fours, then all eight: three multiplications whatever the number of digits, which zeros in front make eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long UpToEight(ref byte text, int count)
    {
        if (count == 0)
        {
            return 0;
        }

        return Number((Word(ref text) - Zeros) << (64 - (count * 8)));
    }

    /// <summary>The number that eight digits make, the first of which is in the lowest byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Number(ulong digits)
    {
        digits = (digits * 10) + (digits >> 8);
        return (long)((((digits & 0x000000FF000000FF) * 0x000F424000000064) + (((digits >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
    }

    /// <summary>Eight bytes, the first of which is the lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte text)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref text);
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }
}
