using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CodegenStreaming.Memory;

/// <summary>
/// Reads the common forms of an identifier: 32 hexadecimal digits, or those with dashes between their groups. All digits are read at once. Other forms are left to
/// the framework's parser, so a refusal here says nothing of the text.
/// </summary>
internal static class Utf8Guids
{
    private const int DigitsLength = 32;
    private const int DashedLength = 36;

    // No load goes beyond the length that was asked for.
    public static bool TryRead(ref readonly byte text, int length, out Guid value)
    {
        value = default;
        if (!BitConverter.IsLittleEndian)
        {
            return false;
        }

        Vector128<byte> first;
        Vector128<byte> second;
        if (length == DigitsLength)
        {
            first = Vector128.LoadUnsafe(in text);
            second = Vector128.LoadUnsafe(in text, 16);
        }
        else if (length == DashedLength && HasDashes(in text))
        {
            // Groups of eight, four, four, four and twelve digits: each from a load that has it in its place.
            first = Vector128.ConditionalSelect(
                Vector128.Create(uint.MaxValue, uint.MaxValue, 0, 0).AsByte(),
                Vector128.LoadUnsafe(in text),
                Vector128.ConditionalSelect(Vector128.Create(0, 0, uint.MaxValue, 0).AsByte(), Vector128.LoadUnsafe(in text, 1), Vector128.LoadUnsafe(in text, 2)));
            second = Vector128.ConditionalSelect(Vector128.Create(uint.MaxValue, 0, 0, 0).AsByte(), Vector128.LoadUnsafe(in text, 19), Vector128.LoadUnsafe(in text, 20));
        }
        else
        {
            return false;
        }

        var bytes = Vector128.Narrow(Pairs(first, out var others), Pairs(second, out var othersOfSecond));
        if ((others | othersOfSecond) != Vector128<byte>.Zero)
        {
            return false;
        }

        // An identifier is a number of four bytes, two of two, and eight bytes.
        value = Unsafe.BitCast<Vector128<byte>, Guid>(Vector128.Shuffle(bytes, Vector128.Create((byte)3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15)));
        return true;
    }

    private static bool HasDashes(ref readonly byte text)
    {
        ref var first = ref Unsafe.AsRef(in text);
        return Unsafe.Add(ref first, 8) == '-' && Unsafe.Add(ref first, 13) == '-' && Unsafe.Add(ref first, 18) == '-' && Unsafe.Add(ref first, 23) == '-';
    }

    /// <summary>The numbers that each two of sixteen digits make, and what is set for a byte that is no digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Pairs(Vector128<byte> text, out Vector128<byte> others)
    {
        var digits = text - Vector128.Create((byte)'0');
        var letters = (text | Vector128.Create((byte)0x20)) - Vector128.Create((byte)'a');
        var areDigits = Vector128.LessThan(digits, Vector128.Create((byte)10));
        others = ~(areDigits | Vector128.LessThan(letters, Vector128.Create((byte)6)));
        var values = Vector128.ConditionalSelect(areDigits, digits, letters + Vector128.Create((byte)10)).AsUInt16();
        return ((values << 4) | (values >>> 8)) & Vector128.Create((ushort)0xFF);
    }
}
