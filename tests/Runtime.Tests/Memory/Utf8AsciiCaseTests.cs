using System.Text;

namespace CodegenStreaming.Tests.Memory;

public sealed class Utf8AsciiCaseTests
{
    private const string Alphabet = "abABzZ@[`{ é";

    [Fact]
    public void Comparison_TakesOnlyTheCaseOfAsciiLettersForTheSame() => Randomly.Test(5000, random =>
    {
        var text = Randomly.Text(random, 200, Alphabet);
        var other = random.Next(2) == 0 ? Randomly.Text(random, 3, Alphabet) : Changed(random, text);
        var slice = Utf8SliceTests.Within(random, text);
        var bytes = Encoding.UTF8.GetBytes(other);
        Assert.Equal(Lower(text) == Lower(other), slice.EqualsIgnoreAsciiCase(bytes));
        Assert.Equal(Lower(text) == Lower(other), slice.EqualsIgnoreAsciiCase(Utf8SliceTests.Within(random, other)));
        Assert.Equal(Lower(text).StartsWith(Lower(other), StringComparison.Ordinal), slice.StartsWithIgnoreAsciiCase(bytes));
        Assert.Equal(Lower(text).EndsWith(Lower(other), StringComparison.Ordinal), slice.EndsWithIgnoreAsciiCase(bytes));
    });

    [Fact]
    public void Search_FindsTheFirstOccurrence() => Randomly.Test(10_000, random =>
    {
        var text = Randomly.Text(random, 200, random.Next(2) == 0 ? "aAbB" : Alphabet);
        var wanted = random.Next(2) == 0 ? Randomly.Text(random, 4, "aAbB") : Changed(random, text[random.Next(text.Length + 1)..]);
        var slice = Utf8SliceTests.Within(random, text);
        var bytes = Encoding.UTF8.GetBytes(wanted);
        var expected = Encoding.UTF8.GetBytes(Lower(text)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Lower(wanted)));
        Assert.Equal(expected, slice.IndexOfIgnoreAsciiCase(bytes));
        Assert.Equal(expected >= 0, slice.ContainsIgnoreAsciiCase(bytes));
    });

    [Fact]
    public void EveryByte_IsItself_UnlessItIsAnAsciiLetter()
    {
        Span<byte> many = stackalloc byte[16];
        for (var left = 0; left < 256; left++)
        {
            for (var right = 0; right < 256; right++)
            {
                var expected = left == right || (char.IsAsciiLetter((char)left) && (left ^ right) == 0x20);
                var text = Utf8Slice.Copy([(byte)left]);
                Assert.Equal(expected, text.EqualsIgnoreAsciiCase([(byte)right]));
                Assert.Equal(expected, text.ContainsIgnoreAsciiCase([(byte)right]));
                many.Fill((byte)left);
                text = Utf8Slice.Copy(many);
                many[9] = (byte)right;
                Assert.Equal(expected, text.EqualsIgnoreAsciiCase(many));
            }
        }
    }

    private static string Lower(string text) => string.Concat(text.Select(character => char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character));

    private static string Changed(Random random, string text) =>
        string.Concat(text.Select(character => char.IsAsciiLetter(character) && random.Next(3) == 0 ? (char)(character ^ 0x20) : character));
}
