using System.Globalization;
using System.Text;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.Memory;

/// <summary>
/// Text of every length at every distance from a cache line's beginning, with a block's padding behind it and then memory that may not be read: nothing reads
/// beyond the padding, and what is found does not depend on what the padding holds.
/// </summary>
public sealed class GuardedMemoryTests : IDisposable
{
    private const int Longest = 200;

    private readonly GuardedMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Masks() => AtEveryLength((text, random) =>
    {
        // A load may begin at any byte of the text and just behind it.
        var position = random.Next(text.Length + 1);
        ref var first = ref Whole(text)[position];
        var inside = text[position..];
        var mask = ByteMask.Lowest(inside.Length);
        var isFound = inside[..Math.Min(inside.Length, ByteMask.Length)].Contains((byte)';');
        Assert.Equal(isFound, (ByteMask.Of(in first, (byte)';') & mask) != 0);
        Assert.Equal(isFound, (ByteMask.OfVectors128(in first, (byte)';') & mask) != 0);
        Assert.Equal(isFound, (ByteMask.OfWords(in first, (byte)';') & mask) != 0);
        Assert.Equal(isFound, (ByteMask.OfEither(in first, (byte)';', (byte)';') & mask) != 0);
        Assert.Equal(isFound, (ByteMask.OfSet(in first, new AsciiSet(";")) & mask) != 0);
    });

    [Fact]
    public void Searches() => AtEveryLength((text, random) =>
    {
        var wanted = Encoding.ASCII.GetBytes(Randomly.Text(random, random.Next(2) == 0 ? 2 : 20, "1;") + "2");
        var expected = text.IndexOf(wanted);
        Assert.Equal(expected, new TextSearch(wanted).Find(ref Whole(text)[0], 0, text.Length));
        Assert.Equal(expected, AsciiCase.IndexOf(ref Whole(text)[0], text.Length, wanted));
    });

    [Fact]
    public void HashesAndComparisons() => AtEveryLength((text, _) =>
    {
        var copy = (byte[])[.. text, .. new byte[Utf8TextBlock.Padding]];
        Assert.Equal(Utf8Words.Hash(ref copy[0], text.Length), Utf8Words.Hash(ref Whole(text)[0], text.Length));
        Assert.True(Utf8Words.AreEqual(ref copy[0], ref Whole(text)[0], text.Length));
        if (text.Length > 0)
        {
            // The exact form may not even read the padding.
            var exact = _memory.Last(text.Length);
            text.CopyTo(exact);
            Assert.Equal(Utf8Words.HashExactly(ref copy[0], text.Length), Utf8Words.HashExactly(ref exact[0], text.Length));
        }
    });

    [Fact]
    public void Numbers() => AtEveryLength((text, random) =>
    {
        var number = random.Next(-100_000, 100_000);
        var digits = Encoding.ASCII.GetBytes((number / 10m).ToString("0.0", CultureInfo.InvariantCulture));
        if (digits.Length <= text.Length)
        {
            // The text ends with the number.
            digits.CopyTo(text[^digits.Length..]);
            ref var first = ref Whole(text)[text.Length - digits.Length];
            Assert.Equal((true, number), (Utf8Numbers.TryReadShortScaled(ref first, digits.Length, 1, out var value), value));
            Assert.Equal((true, number), (Utf8Numbers.TryReadScaled(ref first, digits.Length, 1, out value), value));
            Assert.Equal((true, number / 10.0), (Utf8Numbers.TryReadDouble(ref first, digits.Length, out var real), real));
            Assert.Equal((true, number / 10), (Utf8Numbers.TryReadInteger(ref first, digits.Length - 2, out value), value));
        }

        Assert.False(Utf8Numbers.TryReadShortScaled(ref Whole(text)[text.Length], 0, 1, out _));
        Assert.False(Utf8Numbers.TryReadDouble(ref Whole(text)[text.Length], 0, out _));
        Assert.False(Utf8Numbers.TryReadInteger(ref Whole(text)[text.Length], 0, out _));
    });

    [Fact]
    public void TimesAndGuids()
    {
        var expected = new DateTime(2024, 2, 29, 12, 34, 56, DateTimeKind.Utc);
        foreach (var form in (string[])["yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.fffffff"])
        {
            var text = Encoding.ASCII.GetBytes(expected.ToString(form, CultureInfo.InvariantCulture));
            var last = _memory.Last(text.Length + Utf8TextBlock.Padding);
            text.CopyTo(last);
            Assert.True(Utf8Times.TryRead(ref last[0], text.Length, out var time));
            Assert.Equal(expected, time);
        }

        var identifier = Guid.NewGuid();
        foreach (var form in (string[])["D", "N"])
        {
            // All that is read is the text itself.
            var text = Encoding.ASCII.GetBytes(identifier.ToString(form));
            var last = _memory.Last(text.Length);
            text.CopyTo(last);
            Assert.True(Utf8Guids.TryRead(in last[0], text.Length, out var read));
            Assert.Equal(identifier, read);
        }
    }

    private delegate void Check(Span<byte> text, Random random);

    private void AtEveryLength(Check check)
    {
        for (var length = 0; length <= Longest; length++)
        {
            Randomly.Test(10, random =>
            {
                var memory = _memory.Last(length + Utf8TextBlock.Padding);
                foreach (ref var value in memory)
                {
                    value = random.Next(20) == 0 ? (byte)random.Next(256) : "12;"u8[random.Next(3)];
                }

                check(memory[..length], random);
            });
        }
    }

    /// <summary>The text and its padding.</summary>
    private Span<byte> Whole(Span<byte> text) => _memory.Last(text.Length + Utf8TextBlock.Padding);
}
