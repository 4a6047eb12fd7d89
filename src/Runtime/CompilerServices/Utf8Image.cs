using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// A text as two words. Up to fifteen bytes it is the text itself, with zeros behind it and its length in the last byte, so that two keys are compared
/// without looking at either. A longer text's image is a hash of 64 bits beside the length, and equal images are followed by a look at the texts.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Utf8Image : IKeyImage
{
    private const int LongestInline = 15;
    private const int LengthShift = 56;
    private const ulong IsLong = 0xFFUL << LengthShift;

    private readonly ulong _low;
    private readonly ulong _high;

    private Utf8Image(ulong low, ulong high) => (_low, _high) = (low, high);

    /// <inheritdoc/>
    public uint Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => HashMixing.Mix(_low, _high);
    }

    /// <summary>For each length the bytes of both words that are the text's.</summary>
    private static ReadOnlySpan<ulong> Masks =>
    [
        0, 0,
        0xFF, 0,
        0xFFFF, 0,
        0xFF_FFFF, 0,
        0xFFFF_FFFF, 0,
        0xFF_FFFF_FFFF, 0,
        0xFFFF_FFFF_FFFF, 0,
        0xFF_FFFF_FFFF_FFFF, 0,
        0xFFFF_FFFF_FFFF_FFFF, 0,
        0xFFFF_FFFF_FFFF_FFFF, 0xFF,
        0xFFFF_FFFF_FFFF_FFFF, 0xFFFF,
        0xFFFF_FFFF_FFFF_FFFF, 0xFF_FFFF,
        0xFFFF_FFFF_FFFF_FFFF, 0xFFFF_FFFF,
        0xFFFF_FFFF_FFFF_FFFF, 0xFF_FFFF_FFFF,
        0xFFFF_FFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF,
        0xFFFF_FFFF_FFFF_FFFF, 0xFF_FFFF_FFFF_FFFF,
    ];

    /// <summary>The image of a text.</summary>
    // Sixteen bytes are read whatever the length: a block has more than that behind its text. The mask's place is at most 2 * 15 of 32.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Utf8Image Of(Utf8Slice key)
    {
        var length = key.Length;
        if (length > LongestInline)
        {
            return OfLong(key);
        }

        ref var first = ref key.First;
        ref var mask = ref Unsafe.Add(ref MemoryMarshal.GetReference(Masks), (nint)(2 * (uint)length));
        return new(
            Load(ref first) & mask,
            (Load(ref Unsafe.Add(ref first, sizeof(ulong))) & Unsafe.Add(ref mask, 1)) | ((ulong)(uint)length << LengthShift));
    }

    /// <summary>Whether two texts are the same, by their images and, where these don't suffice, themselves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(Utf8Slice left, Utf8Image leftImage, Utf8Slice right, Utf8Image rightImage) =>
        ((leftImage._low ^ rightImage._low) | (leftImage._high ^ rightImage._high)) == 0 && (rightImage._high < IsLong || AreEqual(left, right));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Utf8Image OfLong(Utf8Slice key) => new(HashMixing.MixLong(ref key.First, key.Length), IsLong | (uint)key.Length);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool AreEqual(Utf8Slice left, Utf8Slice right) => left.Span.SequenceEqual(right.Span);

    /// <summary>The first byte is the lowest, on every processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(ref byte first)
    {
        var word = Unsafe.ReadUnaligned<ulong>(ref first);
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }
}
