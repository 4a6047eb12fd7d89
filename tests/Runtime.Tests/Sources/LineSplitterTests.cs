using System.Text;
using CodegenStreaming.Memory;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Tests.Sources;

public sealed class LineSplitterTests
{
    [Fact]
    public void Lines_EndWithLineFeedOrCarriageReturnLineFeed() =>
        Assert.Equal(["one", "two", "three"], Split(100, "one\ntwo\r\nthree\n").Lines);

    [Fact]
    public void EmptyLine_IsARecord() => Assert.Equal(["", "a", "", ""], Split(100, "\na\n\r\n\n").Lines);

    [Fact]
    public void CarriageReturnInsideALine_StaysThere() => Assert.Equal(["a\rb", "\r"], Split(100, "a\rb\n\r\r\n").Lines);

    [Fact]
    public void LastLineWithoutLineEnd_IsARecord() => Assert.Equal(["one", "two"], Split(100, "one\ntw", "o").Lines);

    [Fact]
    public void LineEndCutInTwo_IsOneLineEnd() => Assert.Equal(["one", "two"], Split(100, "one\r", "\ntwo\r", "\n").Lines);

    [Fact]
    public void LineOfTheMaximum_Passes() => Assert.Equal(["12345", "12345", "12345"], Split(5, "12345\n12345\r\n123", "45\r", "\n").Lines);

    [Fact]
    public void LineBeyondTheMaximum_IsSkippedAndCounted()
    {
        var (lines, skipped) = Split(5, "ok\n123456\nok\n12", "3456", "78", "9\nok\n1234567");

        Assert.Equal(["ok", "ok", "ok"], lines);
        Assert.Equal(3, skipped);
    }

    [Fact]
    public void LineWithoutEnd_KeepsNoMoreThanTheMaximum()
    {
        var pool = new BlockPool();
        using var splitter = new LineSplitter(1000, pool);
        var sink = new ListSink();
        for (var index = 0; index < 1000; index++)
        {
            splitter.Append(new byte[100], sink);
            Assert.InRange(splitter.IncompleteLength, 0, 1001);
        }

        splitter.Append("\nnext\n"u8, sink);
        Assert.Equal(["next"], sink.Lines);
    }

    [Fact]
    public void Lines_AreTheSame_HoweverTheBytesAreCut() => Randomly.Test(200, random =>
    {
        var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => random.Next(6) switch
        {
            0 => "\n",
            1 => "\r\n",
            2 => "\r",
            3 => "ä",
            var other => new string('x', other * random.Next(1, 8)),
        }));
        var bytes = Encoding.UTF8.GetBytes(text);
        var chunks = new List<byte[]>();
        for (var start = 0; start < bytes.Length;)
        {
            var length = Math.Min(random.Next(1, 12), bytes.Length - start);
            chunks.Add(bytes[start..(start + length)]);
            start += length;
        }

        var expected = text.Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line).ToList();
        if (text.EndsWith('\n'))
        {
            expected.RemoveAt(expected.Count - 1);
        }

        var tooLong = expected.RemoveAll(line => Encoding.UTF8.GetByteCount(line) > 20);
        var (lines, skipped) = Split(20, [.. chunks]);
        Assert.Equal(expected, lines);
        Assert.Equal(tooLong, skipped);
    });

    private static (List<string> Lines, long Skipped) Split(int maximum, params string[] chunks) =>
        Split(maximum, [.. chunks.Select(Encoding.UTF8.GetBytes)]);

    private static (List<string> Lines, long Skipped) Split(int maximum, byte[][] chunks)
    {
        var pool = new BlockPool();
        var sink = new ListSink();
        long skipped;
        using (var splitter = new LineSplitter(maximum, pool))
        {
            foreach (var chunk in chunks)
            {
                splitter.Append(chunk, sink);
            }

            splitter.Complete(sink);
            skipped = splitter.SkippedLines;
        }

        Assert.Equal(0, pool.Outstanding);
        return (sink.Lines, skipped);
    }

    private sealed class ListSink : ILineSink
    {
        public List<string> Lines { get; } = [];

        public void WriteLine(ReadOnlySpan<byte> line) => Lines.Add(Encoding.UTF8.GetString(line));

        public void WriteLines(ReadOnlySpan<byte> lines) => Lines.AddRange(Encoding.UTF8.GetString(lines[..^1]).Split('\n'));
    }
}
