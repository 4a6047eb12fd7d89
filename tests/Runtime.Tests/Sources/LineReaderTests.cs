using System.Text;
using CodegenStreaming.Memory;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Tests.Sources;

/// <summary>What reads files straight into blocks gives the lines that the general way gives, wherever chunks and blocks are cut.</summary>
public sealed class LineReaderTests
{
    [Fact]
    public void BothReaders_GiveTheSameLines() => Randomly.Test(300, random =>
    {
        var text = RandomText(random);
        var pool = new BlockPool();
        var expected = Read(new SplitLineReader<Utf8Slice>(new Utf8LineBuffer(pool), pool), text, random);
        Assert.Equal(expected, Read(new Utf8LineReader(pool), text, random));
        Assert.Equal(0, pool.Outstanding);
    });

    [Fact]
    public void Lines_LongerThanABlock_AreWhole()
    {
        var pool = new BlockPool();
        string[] lines = ["short", new('x', 1_048_576), "", new('y', 3_000_000), new('z', 1_048_511)];
        foreach (var newline in (string[])["\n", "\r\n"])
        {
            var text = Encoding.UTF8.GetBytes(string.Join(newline, lines));
            Assert.Equal(lines, Read(new Utf8LineReader(pool), text, new Random(1)));
        }

        Assert.Equal(0, pool.Outstanding);
    }

    [Fact]
    public void Line_LongerThanTheMaximum_IsSkippedUpToItsNewline()
    {
        var pool = new BlockPool();
        using var reader = new Utf8LineReader(pool, maximumLength: 10);
        var lines = new List<string>();
        foreach (var piece in (string[])["a\n0123456789", "\r", "\n0123456789", "ab", "cd\r", "\nb\n", "0123456789\r\r", "and so on"])
        {
            Encoding.UTF8.GetBytes(piece, reader.Room);
            reader.Take(piece.Length);
            Drain(reader, lines);
        }

        reader.Complete();
        Assert.False(reader.HasLines);
        Assert.Equal(["a", "0123456789", "b"], lines);
    }

    [Fact]
    public void Reader_ThatIsGivenUp_GivesItsMemoryBack()
    {
        var pool = new BlockPool();
        foreach (var reader in (LineReader<Utf8Slice>[])[new Utf8LineReader(pool), new SplitLineReader<Utf8Slice>(new Utf8LineBuffer(pool), pool)])
        {
            "one\ntwo\nthr"u8.CopyTo(reader.Room);
            reader.Take(11);
            reader.Dispose();
        }

        Assert.Equal(0, pool.Outstanding);
    }

    private static List<string> Read(LineReader<Utf8Slice> reader, ReadOnlySpan<byte> text, Random random)
    {
        var lines = new List<string>();
        using (reader)
        {
            while (!text.IsEmpty)
            {
                var room = reader.Room;
                var length = Math.Min(Math.Min(text.Length, room.Length), random.Next(3) == 0 ? random.Next(1, 50) : random.Next(1, 2_000_000));
                text[..length].CopyTo(room);
                reader.Take(length);
                text = text[length..];
                if (reader.IsFull || random.Next(20) == 0)
                {
                    Drain(reader, lines);
                }
            }

            reader.Complete();
            Drain(reader, lines);
        }

        return lines;
    }

    private static void Drain(LineReader<Utf8Slice> reader, List<string> lines)
    {
        if (reader.HasLines)
        {
            var block = reader.ToBlock();
            var before = lines.Count;
            lines.AddRange(block.Read().Select(line => line.ToString()));
            Assert.Equal(block.Count, lines.Count - before);
            block.Release();
        }
    }

    private static byte[] RandomText(Random random)
    {
        var text = new StringBuilder();
        var (longest, returns) = (random.Next(3) == 0 ? 200 : 20, random.Next(3));
        for (var line = random.Next(400); line > 0; line--)
        {
            text.Append(Randomly.Text(random, longest, "abé\r")).Append(returns == 2 || (returns == 1 && random.Next(20) == 0) ? "\r\n" : "\n");
        }

        text.Append(Randomly.Text(random, 3, "a\r"));
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        foreach (ref var value in bytes.AsSpan())
        {
            value = random.Next(100) == 0 ? (byte)random.Next(256) : value;
        }

        return bytes;
    }
}
