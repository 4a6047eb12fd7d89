using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CodegenStreaming.Memory;

/// <summary>
/// A set of ASCII characters that sixteen bytes at once are looked up in: for each lower half byte, a bit for each upper half byte (0 to 7). Two
/// table look-ups, whatever the size of the set.
/// </summary>
internal readonly struct AsciiSet
{
    private readonly Vector128<byte> _rows;

    /// <param name="characters">ASCII characters.</param>
    public AsciiSet(ReadOnlySpan<char> characters)
    {
        Span<byte> rows = stackalloc byte[Vector128<byte>.Count];
        rows.Clear();
        foreach (var character in characters)
        {
            rows[character & 15] |= (byte)(1 << (character >> 4));
        }

        _rows = Vector128.Create<byte>(rows);
    }

    /// <summary>A bit for each byte, set where it is in the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Mask(Vector128<byte> bytes)
    {
        // The bit of each upper half byte: 1, 2, 4 … for 0 to 7, none for bytes beyond ASCII.
        var bits = Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);
        var row = Vector128.Shuffle(_rows, bytes & Vector128.Create((byte)15));
        var bit = Vector128.Shuffle(bits, bytes >>> 4);
        return (~Vector128.Equals(row & bit, Vector128<byte>.Zero)).ExtractMostSignificantBits();
    }
}
