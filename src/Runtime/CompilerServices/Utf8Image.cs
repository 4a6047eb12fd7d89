using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// A text as sixteen bytes. Up to fifteen bytes it is the text itself, with zeros behind it and its length in the last byte, so that two keys are compared
/// without looking at either. A longer text's image is a hash of 64 bits beside the length, and equal images are followed by a look at the texts.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Utf8Image : IKeyImage
{
    private const int LongestInline = 15;
    private const int LengthPlace = 15;
    private const byte IsLong = 0xFF;

    private readonly Vector128<byte> _bytes;

    private Utf8Image(Vector128<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public uint Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => HashMixing.Mix(_bytes);
    }

    /// <summary>Sixteen set bytes and as many zeros: a load that begins <c>n</c> bytes before the zeros masks a text of <c>n</c> bytes.</summary>
    private static ReadOnlySpan<byte> Masks =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>For each length sixteen bytes, zeros but for the last: it is the length.</summary>
    private static ReadOnlySpan<byte> Lengths =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 13,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 14,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 15,
    ];

    /// <summary>The image of a text.</summary>
    // Sixteen bytes are read whatever the length: a block has more than that behind its text. The mask begins at
    // one to sixteen of its 32 bytes, the length at most at 15 * 16 of its 256.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Utf8Image Of(Utf8Slice key)
    {
        var length = key.Length;
        if (length > LongestInline)
        {
            return OfLong(key);
        }

        var mask = Vector128.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(Masks), Vector128<byte>.Count - (nint)(uint)length));
        return new((Vector128.LoadUnsafe(ref key.First) & mask) | Vector128.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(Lengths), (nint)((uint)length * 16))));
    }

    /// <summary>Whether two texts are the same, by their images and, where these don't suffice, themselves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(in Utf8Slice left, Utf8Image leftImage, Utf8Slice right, Utf8Image rightImage) =>
        leftImage._bytes == rightImage._bytes && (rightImage._bytes[LengthPlace] != IsLong || AreEqual(in left, right));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Utf8Image OfLong(Utf8Slice key) =>
        new(Vector128.Create(HashMixing.MixLong(ref key.First, key.Length), (uint)key.Length).AsByte().WithElement(LengthPlace, IsLong));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool AreEqual(in Utf8Slice left, Utf8Slice right) => left.Span.SequenceEqual(right.Span);
}
