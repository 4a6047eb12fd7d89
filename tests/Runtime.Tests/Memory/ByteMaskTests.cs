using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.Memory;

public sealed class ByteMaskTests
{
    private const string Set = "\t\n ,;a~\u007f\0";

    [Fact]
    public void Masks_MarkExactlyTheBytesSought_UpToTheArraysEnd() => Randomly.Test(3000, random =>
    {
        // The last sixty-four bytes of the array: a load that went further would leave it.
        var bytes = Bytes(random, ByteMask.Length + random.Next(70));
        var text = bytes.AsSpan(^ByteMask.Length..);
        var (value, other) = (Byte(random), Byte(random));
        Assert.Equal(Expected(text, candidate => candidate == value), ByteMask.Of(in text[0], value));
        Assert.Equal(Expected(text, candidate => candidate == value), ByteMask.OfVectors128(in text[0], value));
        Assert.Equal(Expected(text, candidate => candidate == value), ByteMask.OfWords(in text[0], value));
        Assert.Equal(Expected(text, candidate => candidate == value || candidate == other), ByteMask.OfEither(in text[0], value, other));
        Assert.Equal(Expected(text, candidate => Set.Contains((char)candidate, StringComparison.Ordinal)), ByteMask.OfSet(in text[0], new AsciiSet(Set)));
    });

    [Fact]
    public void LowestBits_FromNoneToAll()
    {
        Assert.Equal(0UL, ByteMask.Lowest(0));
        Assert.Equal(1UL, ByteMask.Lowest(1));
        Assert.Equal(ulong.MaxValue >> 1, ByteMask.Lowest(63));
        Assert.Equal(ulong.MaxValue, ByteMask.Lowest(64));
        Assert.Equal(ulong.MaxValue, ByteMask.Lowest(int.MaxValue));
    }

    private static ulong Expected(ReadOnlySpan<byte> text, Func<byte, bool> isSought)
    {
        var mask = 0UL;
        for (var index = 0; index < text.Length; index++)
        {
            mask |= isSought(text[index]) ? 1UL << index : 0;
        }

        return mask;
    }

    /// <summary>Bytes of any value, though often of few: neighbours that differ in one bit show a carry between the bytes of a word.</summary>
    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        for (var index = 0; index < length; index++)
        {
            bytes[index] = Byte(random);
        }

        return bytes;
    }

    private static byte Byte(Random random) => random.Next(4) switch
    {
        0 => (byte)random.Next(256),
        1 => (byte)Set[random.Next(Set.Length)],
        2 => 0x80,
        _ => (byte)random.Next(3),
    };
}
