using System.Text;
using CodegenStreaming.Memory;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Tests.Sources;

public sealed class Utf8LineBufferTests
{
    [Fact]
    public void Blocks_HoldTheLinesOfAStream_HoweverItIsCut() => Randomly.Test(500, random =>
    {
        var pool = new BlockPool();
        var buffer = new Utf8LineBuffer(pool);
        var maximum = random.Next(3) == 0 ? 40 : 100_000;
        using var splitter = new LineSplitter(maximum, pool);
        var text = RandomText(random);
        var all = text.Split('\n')[..^1].Select(line => line.EndsWith('\r') ? line[..^1] : line).ToArray();
        var expected = all.Where(line => line.Length <= maximum).ToArray();
        var bytes = Encoding.UTF8.GetBytes(text).AsSpan();
        while (!bytes.IsEmpty)
        {
            var length = Math.Min(bytes.Length, random.Next(1, random.Next(2) == 0 ? 20 : 5000));
            splitter.Append(bytes[..length], buffer);
            bytes = bytes[length..];
        }

        var lines = buffer.Count == 0 ? [] : buffer.ToBlock().Read().Select(line => line.ToString()).ToArray();
        Assert.Equal(expected, lines);
        Assert.Equal(all.Length - expected.Length, splitter.SkippedLines);
    });

    [Fact]
    public void WholeLines_AreTheSameAsOneByOne() => Randomly.Test(500, random =>
    {
        var (atOnce, oneByOne) = (new Utf8LineBuffer(new BlockPool()), new Utf8LineBuffer(new BlockPool()));
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var lines = Enumerable.Range(0, random.Next(1, random.Next(2) == 0 ? 5 : 4000)).Select(_ => Randomly.Text(random, random.Next(201), "ab")).ToArray();
            atOnce.WriteLines(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
            Array.ForEach(lines, line => oneByOne.WriteLine(Encoding.UTF8.GetBytes(line)));
        }

        var expected = (Utf8TextBlock)oneByOne.ToBlock();
        var actual = (Utf8TextBlock)atOnce.ToBlock();
        Assert.Equal(expected.ByteSize, actual.ByteSize);
        Assert.Equal(expected.Ends[..expected.Count], actual.Ends[..actual.Count]);
        Assert.Equal(expected.Read(), actual.Read());
    });

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        var returns = random.Next(3) == 0 ? 1 : 50;
        for (var line = random.Next(300); line > 0; line--)
        {
            text.Append(Randomly.Text(random, random.Next(100), "abc")).Append(random.Next(returns) == 0 ? "\r\n" : "\n");
        }

        return text.ToString();
    }
}
