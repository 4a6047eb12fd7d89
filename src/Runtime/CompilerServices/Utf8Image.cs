using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// A text as 32 bytes. Up to 31 bytes it is the text itself, with zeros behind it and its length in the last byte, so that two keys are compared without looking at
/// either. (Were it sixteen bytes, names of up to sixteen and longer ones mixed would be a branch that no processor foresees.) A longer text's image is a hash of 64
/// bits beside the length, and equal images are followed by a look at the texts.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Utf8Image : IKeyImage
{
    private const int LongestInline = 31;
    private const int LengthPlace = 31;
    private const byte IsLong = 0xFF;

    private readonly Vector256<byte> _bytes;

    private Utf8Image(Vector256<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public uint Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => HashMixing.Mix(_bytes);
    }

    /// <summary>As many set bytes as an image has, and as many zeros: a load that begins <c>n</c> bytes before the zeros masks a text of <c>n</c> bytes.</summary>
    private static ReadOnlySpan<byte> Masks =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>The image of a text.</summary>
    // 32 bytes are read whatever the length: a block has more than that behind its text. The mask begins at one of the first 33 of its 64 bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Utf8Image Of(Utf8Slice key)
    {
        var length = key.Length;
        if (length > LongestInline)
        {
            return OfLong(key);
        }

        var mask = Vector256.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(Masks), Vector256<byte>.Count - (nint)(uint)length));
        return new((Vector256.LoadUnsafe(ref key.First) & mask) | Vector256.Create(0UL, 0, 0, (ulong)length << 56).AsByte());
    }

    /// <summary>Whether two texts are the same, by their images and, where these don't suffice, themselves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(in Utf8Slice left, Utf8Image leftImage, Utf8Slice right, Utf8Image rightImage) =>
        leftImage._bytes == rightImage._bytes && (right.Length <= LongestInline || AreEqual(in left, right));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Utf8Image OfLong(Utf8Slice key) =>
        new(Vector256.Create(HashMixing.MixLong(ref key.First, key.Length), (uint)key.Length, 0, 0).AsByte().WithElement(LengthPlace, IsLong));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool AreEqual(in Utf8Slice left, Utf8Slice right) => left.Span.SequenceEqual(right.Span);
}
