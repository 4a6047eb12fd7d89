using System.Collections;

namespace CodegenStreaming.Tests.Memory;

public sealed class Utf8SplitTests
{
    private static readonly StringSplitOptions[] Options =
    [
        StringSplitOptions.None, StringSplitOptions.RemoveEmptyEntries, StringSplitOptions.TrimEntries,
        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries,
    ];

    private static readonly char[] Several = [' ', ',', ';'];

    [Fact]
    public void SplittingByOne_EqualsStrings() => Randomly.Test(3000, random =>
    {
        var text = Randomly.Text(random, 200, random.Next(2) == 0 ? " a" : " abcdefghé\u3000");
        var options = Options[random.Next(Options.Length)];
        var pieces = Utf8SliceTests.Within(random, text).Split(' ', options);
        AssertSame(text.Split(' ', options), pieces, pieces.Length, index => pieces[index]);
    });

    [Fact]
    public void SplittingByAny_EqualsStrings() => Randomly.Test(3000, random =>
    {
        var all = "\t ,;a~\u007f\0".ToCharArray();
        random.Shuffle(all);
        var separators = all[..random.Next(1, all.Length)];
        var text = Randomly.Text(random, 200, "\t ,;a~\u007f\0bcdefé€");
        var options = Options[random.Next(Options.Length)];
        var pieces = Utf8SliceTests.Within(random, text).Split(separators, options);
        AssertSame(text.Split(separators, options), pieces, pieces.Length, index => pieces[index]);
    });

    [Fact]
    public void SplittingByAString_EqualsStrings() => Randomly.Test(3000, random =>
    {
        var separator = Randomly.Text(random, 3, ",é");
        var text = Randomly.Text(random, 60, "a,é ");
        var options = Options[random.Next(Options.Length)];
        var pieces = Utf8SliceTests.Within(random, text).Split(separator, options);
        AssertSame(text.Split(separator, options), pieces, pieces.Length, index => pieces[index]);
    });

    [Fact]
    public void EveryLengthAndSeparatorPosition_AroundTheChunks()
    {
        for (var length = 0; length <= 100; length++)
        {
            for (var position = 0; position < length; position++)
            {
                var text = string.Concat(new string('x', position), " ", new string('y', length - position - 1));
                var pieces = Utf8SliceTests.Within(new Random(length), text).Split(' ');
                Assert.Equal(text.Split(' '), pieces.Select(piece => piece.ToString()));
            }
        }
    }

    [Fact]
    public void Fields_AreFoundAroundTheMasksEnd()
    {
        for (var length = 0; length <= 200; length++)
        {
            for (var position = 0; position < length; position++)
            {
                var text = new string('x', position) + ';' + new string('y', length - position - 1);
                var slice = Utf8SliceTests.Within(new Random(position), text);
                Assert.Equal(position, slice.Field(';', 0).Length);
                Assert.Equal(length - position - 1, slice.Field(';', 1).Length);
                Assert.Throws<ArgumentOutOfRangeException>(() => slice.Field(';', 2));
            }
        }
    }

    [Fact]
    public void Fields_AreThePiecesByTheirNumbers() => Randomly.Test(2000, random =>
    {
        var text = Randomly.Text(random, random.Next(2) == 0 ? 20 : 300, ";ab");
        var pieces = text.Split(';');
        var slice = Utf8SliceTests.Within(random, text);
        var index = random.Next(pieces.Length + 3);
        if (index < pieces.Length)
        {
            Assert.Equal(pieces[index], slice.Field(';', index).ToString());
            Assert.True(slice.TryField(';', index, out var field));
            Assert.Equal(pieces[index], field.ToString());
        }
        else
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => slice.Field(';', index));
            Assert.False(slice.TryField(';', index, out _));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => slice.TryField(';', -1, out _));
    });

    [Fact]
    public void SeparatorsBeyondTheText_AreNotSeen()
    {
        var whole = Utf8Slice.Copy("a b c d");
        Assert.Equal(["b", "c"], whole.Slice(2, 3).Split(' ').Select(piece => piece.ToString()));
        Assert.Equal(["b", "c"], whole.Slice(2, 3).Split(' ', '\t').Select(piece => piece.ToString()));
    }

    [Fact]
    public void NoSeparators_MeansAsciiWhiteSpace()
    {
        Assert.Equal("a\tb\nc\vd\fe\rf g".Split((char[])null!), Utf8Slice.Copy("a\tb\nc\vd\fe\rf g").Split().Select(piece => piece.ToString()));
    }

    [Fact]
    public void SeparatorsBeyondAscii_AreRefusedWithAdvice()
    {
        var slice = Utf8Slice.Copy("a→b");
        Assert.Contains("give a string", Assert.Throws<ArgumentException>(() => slice.Split('→')).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => slice.Split(' ', '→'));
        Assert.Equal(["a", "b"], slice.Split("→").Select(piece => piece.ToString()));
    }

    [Fact]
    public void PiecesThatDoNotExist_AreRefused()
    {
        var slice = Utf8Slice.Copy("a,b");
        Assert.Throws<ArgumentOutOfRangeException>(() => slice.Split(',')[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => slice.Split(',')[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => slice.Split(',', ';')[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => slice.Split(",")[2]);
    }

    [Fact]
    public void Pieces_FitAFlatMap_AndItsNonGenericForm()
    {
        Func<Utf8Slice, IEnumerable<Utf8Slice>> split = line => line.Split(' ');
        Assert.Equal(2, split(Utf8Slice.Copy("a b")).Count());
        var untyped = ((IEnumerable)Utf8Slice.Copy("a b").Split(' ')).GetEnumerator();
        Assert.True(untyped.MoveNext());
        Assert.Equal("a", untyped.Current!.ToString());
        Assert.Throws<NotSupportedException>(untyped.Reset);
    }

    [Fact]
    public void SplittingTrimmingComparingAndParsing_AllocateNothing()
    {
        var line = Utf8Slice.Copy("one two,42 ; é three  four 1.5 12345678901234567890");
        Assert.NotEqual(0, Use(line));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var used = Use(line);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.NotEqual(0, used);
        Assert.Equal(0, allocated);

        static int Use(Utf8Slice line)
        {
            var sum = 0;
            foreach (var piece in line.Split(' '))
            {
                sum += piece.GetHashCode() | 1;
                sum += piece == line ? 1 : 0;
            }

            foreach (var piece in line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                sum += piece.Trim().CompareTo(line) + (piece.TryParse(out int number) ? number : 0) + (piece.TryParse(out double real) ? (int)real : 0);
                sum += piece.TryParse(out DateTime _) ? 1 : 0;
            }

            foreach (var piece in line.Split(Several)) // Given as literals, a debug build's caller allocates.
            {
                sum += piece.Contains("o"u8) || piece.Contains("two") || piece.StartsWith("t"u8) ? 1 : 0;
            }

            foreach (var piece in line.Split(" ; "))
            {
                sum += piece.IndexOf('é');
            }

            return sum | 1;
        }
    }

    private static void AssertSame(string[] expected, IEnumerable<Utf8Slice> pieces, int length, Func<int, Utf8Slice> at)
    {
        Assert.Equal(expected, pieces.Select(piece => piece.ToString()));
        Assert.Equal(expected.Length, length);
        for (var index = 0; index < expected.Length; index += 7)
        {
            Assert.Equal(expected[index], at(index).ToString());
        }
    }
}
