using System.Text;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Tests.CompilerServices;

/// <summary>The sources that work on many lines at a time give what the operators that they stand for give line by line.</summary>
public sealed class TextSourceTests
{
    private const string Alphabet = "ab  ,;é€\t";
    private static readonly string[] Wanted = ["a", "ab", "a b", "é", "  ", "b,;", "abababab", new('b', 70), "\r"];

    [Fact]
    public void TokensOfARun_AreThePiecesOfItsLines() => Randomly.Test(2000, random =>
    {
        var (block, first, count) = RandomRun(random, 200);
        var lines = block.Read().Skip(first).Take(count).ToArray();
        var (separator, options) = (" ,a\n"[random.Next(4)], Options(random));
        var leaveOutEmpty = options != StringSplitOptions.None;
        var expected = lines.SelectMany(line => line.Split(separator, options)).ToArray();
        Assert.Equal(lines, Read(block.Lines(first, count)));
        Assert.Equal(expected, Read(TextSource.Split(block.Lines(first, count), separator, leaveOutEmpty)));
        Assert.Equal(expected, Read(TextSource.Split(lines, separator, leaveOutEmpty)));
    });

    [Fact]
    public void TokensByAnyOfSeveral_AreThePiecesOfTheLines() => Randomly.Test(2000, random =>
    {
        var (block, first, count) = RandomRun(random, 200);
        var lines = block.Read().Skip(first).Take(count).ToArray();
        var options = Options(random);
        var separators = (random.Next(2) == 0 ? " \t" : ",b;\n\u007f").ToCharArray();
        var expected = lines.SelectMany(line => line.Split(separators, options)).ToArray();
        Assert.Equal(expected, Read(TextSource.Split(block.Lines(first, count), separators, options != StringSplitOptions.None)));
        Assert.Equal(expected, Read(TextSource.Split(lines, separators, options != StringSplitOptions.None)));
    });

    [Fact]
    public void MatchingLines_AreThoseThatContainTheText() => Randomly.Test(4000, random =>
    {
        var (block, first, count) = RandomRun(random, random.Next(2) == 0 ? 30 : 200);
        var lines = block.Read().Skip(first).Take(count).ToArray();
        var wanted = Encoding.UTF8.GetBytes(Wanted[random.Next(Wanted.Length)]);
        var expected = lines.Where(line => line.Contains(wanted)).ToArray();
        Assert.Equal(expected, Read(TextSource.Containing(block.Lines(first, count), wanted)));
        Assert.Equal(expected, Read(TextSource.Containing(lines, wanted)));
    });

    /// <summary>A block of a file, which does not know where its lines end before they are read.</summary>
    [Fact]
    public void BlocksThatDoNotKnowTheirLines_GiveTheSame() => Randomly.Test(2000, random =>
    {
        var (block, _, _) = RandomRun(random, random.Next(2) == 0 ? 30 : 200);
        var bytes = block.Bytes!.ToArray();
        var whole = new Utf8TextBlock(bytes, block.StartOf(block.Count), new BlockPool());
        Assert.False(whole.KnowsLines);
        Assert.Equal(block.Read(), Read(whole.Lines()));
        Assert.Equal(block.Read(), Read(block.Lines()));
        Assert.Equal(block.Count, whole.Count);
        Assert.Equal(Read(TextSource.Split(block.Lines(), ' ', leaveOutEmpty: true)), Read(TextSource.Split(whole.Lines(), ' ', leaveOutEmpty: true)));
        Assert.Equal(Read(TextSource.Containing(block.Lines(), "ab"u8)), Read(TextSource.Containing(whole.Lines(), "ab"u8)));
    });

    [Fact]
    public void Matches_NeverRunFromOneLineIntoTheNext()
    {
        var block = BlockOf("xa"u8.ToArray(), "bx"u8.ToArray(), "ab"u8.ToArray());
        Assert.Equal("ab", Assert.Single(Read(TextSource.Containing(block.Lines(0, 3), "ab"u8))).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(TextSource.Containing(block.Lines(0, 3), "a\nb"u8)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(TextSource.Containing(block.Lines(0, 3), [])));
    }

    [Fact]
    public void EveryLengthAndPosition_AroundTheMasks()
    {
        for (var length = 0; length <= 200; length++)
        {
            var line = new byte[length];
            for (var position = 0; position < length; position++)
            {
                line.AsSpan().Fill((byte)'x');
                line[position] = (byte)' ';
                var block = BlockOf(line, line);
                var tokens = Read(TextSource.Split(block.Lines(0, 2), ' ', leaveOutEmpty: false));
                int[] lengths = [position, length - position - 1, position, length - position - 1];
                Assert.Equal(lengths, tokens.Select(token => token.Length));
                Assert.Equal(2, Read(TextSource.Containing(block.Lines(0, 2), " "u8)).Length);
            }
        }
    }

    [Fact]
    public void Text_WhoseBlockWentBack_IsRefused()
    {
        var block = BlockOf("a b"u8.ToArray());
        var lines = block.Lines(0, 1);
        block.Release();
        Assert.Throws<ObjectDisposedException>(() => Read(TextSource.Split(lines, ' ', leaveOutEmpty: false)));
        Assert.Throws<ObjectDisposedException>(() => Read(TextSource.Containing(lines, "a"u8)));
    }

    private static StringSplitOptions Options(Random random) => random.Next(2) == 0 ? StringSplitOptions.None : StringSplitOptions.RemoveEmptyEntries;

    /// <summary>Lines of text, some of it malformed, and a run of them; what comes behind the run must not be seen.</summary>
    private static (Utf8TextBlock Block, int First, int Count) RandomRun(Random random, int longest)
    {
        var lines = new byte[random.Next(1, 12)][];
        for (var line = 0; line < lines.Length; line++)
        {
            lines[line] = Encoding.UTF8.GetBytes(Randomly.Text(random, random.Next(longest + 1), random.Next(3) == 0 ? "ab" : Alphabet));
            foreach (ref var value in lines[line].AsSpan())
            {
                var other = (byte)random.Next(256);
                value = random.Next(20) == 0 && other != '\n' ? other : value;
            }
        }

        var first = random.Next(lines.Length + 1);
        return (BlockOf(lines), first, random.Next(lines.Length - first + 1));
    }

    private static Utf8TextBlock BlockOf(params byte[][] lines)
    {
        var text = new Utf8LineBuffer(new BlockPool());
        Array.ForEach(lines, line => text.WriteLine(line));
        return (Utf8TextBlock)text.ToBlock();
    }

    private static Utf8Slice[] Read<TSource>(TSource source)
        where TSource : struct, IRecordSource<Utf8Slice>, allows ref struct
    {
        var records = new List<Utf8Slice>();
        while (source.TryRead(out var record))
        {
            records.Add(record);
        }

        Assert.False(source.TryRead(out _));
        return [.. records];
    }
}
