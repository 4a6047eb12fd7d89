using System.Globalization;
using System.Text;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.Memory;

public sealed class Utf8SliceTests
{
    private const string Alphabet = "ab ,\t\u00A0\u3000é€x\n";

    /// <summary>A slice somewhere inside a larger array, so that reading past it would show: what lies around it, the padding too, looks like text.</summary>
    internal static Utf8Slice Within(ReadOnlySpan<byte> text, int before, int after)
    {
        var end = before + text.Length + after;
        var bytes = new byte[end + 1 + Utf8TextBlock.Padding];
        bytes.AsSpan().Fill((byte)' ');
        text.CopyTo(bytes.AsSpan(before));
        bytes[end] = Utf8TextBlock.LineEnd;
        var block = new Utf8TextBlock(bytes, end + 1, [end], 1, pool: null);
        return new Utf8Slice(block, before, text.Length);
    }

    internal static Utf8Slice Within(Random random, string text) =>
        Within(Encoding.UTF8.GetBytes(text), random.Next(40), random.Next(2) * random.Next(40));

    [Fact]
    public void Equality_IsThatOfTheBytes_WhateverLiesAround() => Randomly.Test(3000, random =>
    {
        var text = Randomly.Text(random, 40, "ab");
        var other = random.Next(2) == 0 ? text : Randomly.Text(random, 40, "ab");
        var (left, right) = (Within(random, text), Within(random, other));
        Assert.Equal(text == other, left.Equals(right));
        Assert.Equal(text == other, left == right);
        Assert.Equal(text != other, left != right);
        Assert.Equal(text == other, left.Equals((object)right));
        Assert.Equal(text == other, left.Equals(Encoding.UTF8.GetBytes(other)));
        if (text == other)
        {
            Assert.Equal(left.GetHashCode(), right.GetHashCode());
        }
    });

    [Fact]
    public void Equality_SeesASingleBytesDifference_AtEveryLengthAndPosition()
    {
        for (var length = 1; length <= 40; length++)
        {
            var bytes = new byte[length];
            var original = Within(bytes, 3, 20);
            for (var position = 0; position < length; position++)
            {
                bytes[position] = 1;
                var changed = Within(bytes, 5, 0);
                Assert.False(original == changed);
                Assert.NotEqual(original.GetHashCode(), changed.GetHashCode());
                bytes[position] = 0;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(11)]
    [InlineData(30)]
    public void Hashes_SpreadOverBuckets_ForShortSimilarWords(int length)
    {
        const int Buckets = 256;
        var words = Enumerable.Range(0, length == 1 ? 256 : 20_000)
            .Select(number => Within(length == 1 ? [(byte)number] : Encoding.ASCII.GetBytes(number.ToString($"D{Math.Max(length, 5)}", CultureInfo.InvariantCulture)), 0, 16))
            .ToArray();
        var counts = new int[Buckets];
        foreach (var word in words)
        {
            counts[word.GetHashCode() & (Buckets - 1)]++;
        }

        // Chi square with 255 degrees of freedom: beyond 400 by chance once in 10^8.
        var expected = (double)words.Length / Buckets;
        Assert.InRange(counts.Sum(count => (count - expected) * (count - expected) / expected), 0, 400);
    }

    [Fact]
    public void Order_IsThatOfTheCodePoints() => Randomly.Test(1000, random =>
    {
        var (text, other) = (Randomly.Text(random, 5, "aé€z"), Randomly.Text(random, 5, "aé€z"));
        var expected = Math.Sign(string.CompareOrdinal(text, other));
        var (left, right) = (Within(random, text), Within(random, other));
        Assert.Equal(expected, Math.Sign(left.CompareTo(right)));
        Assert.Equal(expected, Math.Sign(((IComparable)left).CompareTo(right)));
        Assert.Equal((expected < 0, expected <= 0, expected > 0, expected >= 0), (left < right, left <= right, left > right, left >= right));
    });

    [Fact]
    public void CompareTo_RefusesOtherTypes_AndPutsNullFirst()
    {
        IComparable slice = Utf8Slice.Copy("a");
        Assert.Throws<ArgumentException>(() => slice.CompareTo("a"));
        Assert.Equal(1, slice.CompareTo(null));
    }

    [Fact]
    public void Trimming_EqualsStrings() => Randomly.Test(3000, random =>
    {
        var text = Randomly.Text(random, 12, Alphabet);
        var slice = Within(random, text);
        Assert.Equal(text.Trim(), slice.Trim().ToString());
        Assert.Equal(text.TrimStart(), slice.TrimStart().ToString());
        Assert.Equal(text.TrimEnd(), slice.TrimEnd().ToString());
    });

    [Fact]
    public void Searching_EqualsStrings() => Randomly.Test(3000, random =>
    {
        var text = Randomly.Text(random, 30, "ab,é");
        var part = Randomly.Text(random, 3, "ab,é");
        var utf8 = Encoding.UTF8.GetBytes(part);
        var slice = Within(random, text);
        var position = text.IndexOf(part, StringComparison.Ordinal);
        var inBytes = position < 0 ? -1 : Encoding.UTF8.GetByteCount(text.AsSpan(0, position));
        var last = part.Length == 0 ? slice.Length : text.LastIndexOf(part, StringComparison.Ordinal) is >= 0 and var found ? Encoding.UTF8.GetByteCount(text.AsSpan(0, found)) : -1;
        Assert.Equal(inBytes, slice.IndexOf(part));
        Assert.Equal(inBytes, slice.IndexOf(utf8));
        Assert.Equal(last, slice.LastIndexOf(utf8));
        Assert.Equal(position >= 0, slice.Contains(part));
        Assert.Equal(position >= 0, slice.Contains(utf8));
        Assert.Equal(text.StartsWith(part, StringComparison.Ordinal), slice.StartsWith(part));
        Assert.Equal(text.StartsWith(part, StringComparison.Ordinal), slice.StartsWith(utf8));
        Assert.Equal(text.EndsWith(part, StringComparison.Ordinal), slice.EndsWith(part));
        Assert.Equal(text.EndsWith(part, StringComparison.Ordinal), slice.EndsWith(utf8));
        foreach (var character in ",é")
        {
            Assert.Equal(text.Contains(character, StringComparison.Ordinal), slice.Contains(character));
        }
    });

    [Fact]
    public void LongStringsAreFound_ThoughTheirEncodingDoesNotFitTheStack()
    {
        var text = new string('x', 5000) + "é";
        Assert.Equal(1, Utf8Slice.Copy("a" + text).IndexOf(text));
    }

    [Fact]
    public void Slicing_EqualsStrings() => Randomly.Test(1000, random =>
    {
        var text = Randomly.Text(random, 20, "abcdefg");
        var slice = Within(random, text);
        var start = random.Next(text.Length + 1);
        var length = random.Next(text.Length - start + 1);
        Assert.Equal(text[start..], slice[start..].ToString());
        Assert.Equal(text.Substring(start, length), slice.Slice(start, length).ToString());
        Assert.Equal(text[start..(start + length)], slice[start..(start + length)].ToString());
        if (text.Length > 0)
        {
            Assert.Equal(text[^1], (char)slice[^1]);
        }
    });

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(4, 0)]
    [InlineData(0, 4)]
    [InlineData(2, 2)]
    [InlineData(1, -1)]
    [InlineData(3, int.MaxValue)]
    public void Slicing_BeyondTheText_IsRefused(int start, int length)
    {
        var slice = Within("abc"u8, 2, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => slice.Slice(start, length));
        Assert.Throws<IndexOutOfRangeException>(() => slice[3]);
        Assert.Throws<IndexOutOfRangeException>(() => slice[-1]);
    }

    [Fact]
    public void Default_IsTheEmptyText_Everywhere()
    {
        var empty = default(Utf8Slice);
        Assert.True(empty.IsEmpty);
        Assert.Equal("", empty.ToString());
        Assert.Equal("", $"{empty}");
        Assert.Empty(empty.ToArray());
        Assert.True(empty == Within([], 3, 3));
        Assert.Equal(empty.GetHashCode(), Within([], 3, 3).GetHashCode());
        Assert.Equal(0, empty.CompareTo(Within([], 1, 0)));
        Assert.True(empty.Trim().IsEmpty && empty.TrimStart().IsEmpty && empty.TrimEnd().IsEmpty && empty[..].IsEmpty && empty.Slice(0, 0).IsEmpty);
        Assert.True(empty.StartsWith(""u8) && empty.EndsWith("") && empty.Contains(""u8) && !empty.Contains('a'));
        Assert.Equal([""], empty.Split(' ').Select(piece => piece.ToString()));
        Assert.Empty(empty.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal([""], empty.Split('a', 'b').Select(piece => piece.ToString()));
        Assert.Equal([""], empty.Split("ab").Select(piece => piece.ToString()));
        Assert.False(empty.TryParse(out int _));
        Assert.True(default(Utf8Split).Single().IsEmpty);
        Assert.True(default(Utf8SplitAny).Single().IsEmpty);
        Assert.True(default(Utf8SplitString).Single().IsEmpty);
    }

    [Fact]
    public void Malformed_TextBecomesReplacementCharacters_AndNothingThrows() => Randomly.Test(2000, random =>
    {
        var bytes = new byte[random.Next(201)];
        random.NextBytes(bytes);
        var slice = Within(bytes, random.Next(20), random.Next(20));
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Equal(text, slice.ToString());
        Assert.Equal(text, $"{slice}");
        Assert.Equal(bytes, slice.ToArray());
        var trimmed = slice.Trim();
        Assert.True(trimmed.Length <= slice.Length && trimmed.Trim() == trimmed);
        Assert.Equal(bytes.Count(value => value == ',') + 1, slice.Split(',').Length);
        Assert.Equal(bytes, string.Join(',', slice.Split(',').Select(piece => Convert.ToHexString(piece.Span))).Split(',')
            .SelectMany((piece, index) => index == 0 ? Convert.FromHexString(piece) : [(byte)',', .. Convert.FromHexString(piece)]));
        Assert.Equal(bytes.Count(value => value is (byte)',' or (byte)' ') + 1, slice.Split(',', ' ').Length);
        _ = slice.TryParse(out int _) | slice.TryParse(out double _) | slice.TryParse(out DateTime _) | slice.TryParse(out Guid _);
    });

    [Fact]
    public void Formatting_WritesWhereThereIsRoom_AndOnlyThere()
    {
        var slice = Utf8Slice.Copy("aé");
        Span<char> characters = stackalloc char[2];
        Assert.True(((ISpanFormattable)slice).TryFormat(characters, out var written, "", null));
        Assert.Equal("aé", characters[..written].ToString());
        Assert.False(((ISpanFormattable)slice).TryFormat(characters[..1], out _, "", null));
        Span<byte> bytes = stackalloc byte[3];
        Assert.True(((IUtf8SpanFormattable)slice).TryFormat(bytes, out written, "", null));
        Assert.Equal("aé"u8, bytes[..written]);
        Assert.False(((IUtf8SpanFormattable)slice).TryFormat(bytes[..2], out written, "", null));
        Assert.Equal(0, written);
    }

    [Fact]
    public void Copy_IsIndependentOfItsSource()
    {
        var bytes = "word"u8.ToArray();
        var copy = Utf8Slice.Copy(bytes);
        bytes[0] = (byte)'x';
        Assert.Equal("word", copy.ToString());
        Assert.True(Utf8Slice.Copy("").IsEmpty);
        Assert.Throws<ArgumentNullException>(() => Utf8Slice.Copy((string)null!));
    }
}
