using System.Text;
using CodegenStreaming.Memory;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Tests.Sources;

public sealed class TextFileRangeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ranges_GiveEachLineOnce_WhereverTheFileIsCut() => Randomly.Test(150, random =>
    {
        var text = new StringBuilder(random.Next(3) == 0 ? "\uFEFF" : "");
        for (var line = random.Next(60); line > 0; line--)
        {
            text.Append(Randomly.Text(random, random.Next(5) == 0 ? 400 : 20, "abé")).Append(random.Next(10) == 0 ? "\r\n" : "\n");
        }

        text.Append(random.Next(2) == 0 ? "last" : "");
        var path = _folder["file"];
        File.WriteAllText(path, text.ToString(), new UTF8Encoding(false));
        var pool = new BlockPool();
        var ranges = FileRange.Of(path, new FileInfo(path).Length, random.Next(1, 200)).ToList();
        var lines = ranges.SelectMany(range => Read(range, pool)).ToList();
        Assert.Equal(File.ReadAllLines(path), lines);
        Assert.Equal(0, pool.Outstanding);
    });

    [Fact]
    public void Ranges_CoverAFileOfAnyLength()
    {
        Assert.Equal([new FileRange("f", 0, long.MaxValue)], FileRange.Of("f", 0, 10));
        Assert.Equal([new FileRange("f", 0, long.MaxValue)], FileRange.Of("f", 10, 10));
        Assert.Equal([new FileRange("f", 0, 10), new FileRange("f", 10, long.MaxValue)], FileRange.Of("f", 11, 10));
        Assert.True(FileRange.Of("f", 10, 10).Single().IsWhole);
        Assert.DoesNotContain(FileRange.Of("f", 25, 10), range => range.IsWhole);
    }

    [Fact]
    public void LargeRange_ComesInBlocks_OfWhichOneNeedLieInMemory()
    {
        var path = _folder["file"];
        File.WriteAllLines(path, Enumerable.Range(0, 200_000).Select(line => $"line number {line} of a file"));
        var pool = new BlockPool();
        var (blocks, next) = (0, 0);
        foreach (var block in TextFileRange.Read(TextFile.Open(path), FileRange.Of(path, 1).Single(), Utf8, pool, CancellationToken.None))
        {
            foreach (var line in block.Read())
            {
                Assert.Equal($"line number {next++} of a file", line.ToString());
            }

            block.Release();
            blocks++;
            Assert.InRange(pool.Outstanding, 0, 2);
        }

        Assert.Equal(200_000, next);
        Assert.InRange(blocks, 4, 10);
        Assert.Equal(0, pool.Outstanding);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Lines_AreWhole_AtTheEdgesOfBlocks(string newline)
    {
        var random = new Random(3);
        var lines = Enumerable.Range(0, 60_000).Select(line => $"{line};" + new string('x', random.Next(10) == 0 ? random.Next(300) : random.Next(80))).ToArray();
        var path = _folder["file"];
        File.WriteAllText(path, string.Concat(lines.Select(line => line + newline)));
        var pool = new BlockPool();
        Assert.Equal(lines, FileRange.Of(path, new FileInfo(path).Length, 700_000).SelectMany(range => Read(range, pool)));
        Assert.Equal(lines, Read(FileRange.Of(path, 1).Single(), pool));
        Assert.Equal(0, pool.Outstanding);
    }

    [Fact]
    public void ReaderThatGivesUp_ClosesTheFile_AndGivesItsMemoryBack()
    {
        var path = _folder["file"];
        File.WriteAllLines(path, Enumerable.Range(0, 200_000).Select(line => $"line number {line} of a file"));
        var pool = new BlockPool();
        var file = TextFile.Open(path);
        TextFileRange.Read(file, FileRange.Of(path, 1).Single(), Utf8, pool, CancellationToken.None).First().Release();
        Assert.Equal(0, pool.Outstanding);
        Assert.False(file.CanRead);

        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => TextFileRange.Read(TextFile.Open(path), FileRange.Of(path, 1).Single(), Utf8, pool, cancelled.Token).Count());
        Assert.Equal(0, pool.Outstanding);
    }

    private static Utf8LineBuffer Utf8(BlockPool pool) => new(pool);

    private static List<string> Read(FileRange range, BlockPool pool)
    {
        var lines = new List<string>();
        foreach (var block in TextFileRange.Read(TextFile.Open(range.Path), range, Utf8, pool, CancellationToken.None))
        {
            lines.AddRange(block.Read().Select(line => line.ToString()));
            block.Release();
        }

        return lines;
    }
}
