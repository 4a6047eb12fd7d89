using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Heroic;

/// <summary>
/// Grep that does not look at lines until it has found something: it runs over the whole text for the word's rarest byte, 256 bytes at a time, and finds
/// the end of the line afterwards.
/// </summary>
internal static class HeroicGrep
{
    private const int Stride = 4 * 64;

    public static long Count(TextData text)
    {
        var word = "ERROR"u8;
        var bytes = text.Bytes.AsSpan();
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var rare = Vector512.Create(word[0]);
        var count = 0L;
        var position = 0;
        while (position <= bytes.Length - Stride)
        {
            // Four loads of 64 bytes from position are within the text and its padding.
            var a = Vector512.Equals(Vector512.LoadUnsafe(ref first, (nuint)position), rare);
            var b = Vector512.Equals(Vector512.LoadUnsafe(ref first, (nuint)position + 64), rare);
            var c = Vector512.Equals(Vector512.LoadUnsafe(ref first, (nuint)position + 128), rare);
            var d = Vector512.Equals(Vector512.LoadUnsafe(ref first, (nuint)position + 192), rare);
            if ((a | b | c | d) == Vector512<byte>.Zero)
            {
                position += Stride;
                continue;
            }

            position += First(a, b, c, d);
            if (bytes[position..].StartsWith(word))
            {
                count++;
                position += bytes[position..].IndexOf((byte)'\n');
            }

            position++;
        }

        var rest = bytes[Math.Min(position, bytes.Length)..];
        while (rest.IndexOf(word) is >= 0 and var found)
        {
            count++;
            rest = rest[found..];
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        }

        return count;
    }

    private static int First(Vector512<byte> a, Vector512<byte> b, Vector512<byte> c, Vector512<byte> d)
    {
        var offset = 0;
        foreach (var mask in (ReadOnlySpan<ulong>)[a.ExtractMostSignificantBits(), b.ExtractMostSignificantBits(), c.ExtractMostSignificantBits(), d.ExtractMostSignificantBits()])
        {
            if (mask != 0)
            {
                return offset + BitOperations.TrailingZeroCount(mask);
            }

            offset += 64;
        }

        return offset;
    }
}
