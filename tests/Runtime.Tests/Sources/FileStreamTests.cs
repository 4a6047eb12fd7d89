using System.Text;

namespace CodegenStreaming.Tests.Sources;

public sealed class FileStreamTests : IDisposable
{
    private const int DirectoryUnreadable = 2030;
    private const int FileUnreadable = 2032;
    private const int TakenFileChanged = 2033;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NewFile_IsReadOnce_AsOnePartition()
    {
        await using var run = Text().Start();
        Write(run, "b", "one\ntwo\r\n\nlast", secondsFromNow: 1);
        Write(run, "a", "other\n", secondsFromNow: 2);

        using var first = Batch(run, seconds: 3);
        using var second = Batch(run, seconds: 1);

        Assert.Equal([["one", "two", "", "last"], ["other"]], first.Partitions);
        Assert.Equal((0, 2), (first.Allocation.Records, first.Allocation.Blocks));
        Assert.Empty(second.Partitions);
    }

    [Fact]
    public async Task Utf8File_KeepsItsBytes()
    {
        await using var run = new InputRun<Utf8Slice>(context => context.Utf8FileStream(_folder.Root)).Start();
        Write(run, "a", [0xEF, 0xBB, 0xBF, (byte)'a', 0xFF, (byte)'\n'], secondsFromNow: 1);

        using var batch = Batch(run, seconds: 1);

        var line = Assert.Single(batch.Blocks[0].Read());
        Assert.Equal([(byte)'a', 0xFF], line.ToArray()); // The byte order mark is gone.
    }

    [Fact]
    public async Task ModificationTime_EqualToTheBatchTime_BelongsToTheBatch()
    {
        await using var run = Text().Start();
        Write(run, "now", "now\n", secondsFromNow: 1);
        Write(run, "later", "later\n", secondsFromNow: 1.25);

        using var first = Batch(run, seconds: 1);
        using var second = Batch(run, seconds: 1);

        Assert.Equal(["now"], first.Records);
        Assert.Equal(["later"], second.Records);
    }

    [Fact]
    public async Task FileOlderThanTheStream_IsIgnored_UnlessItIsAskedFor()
    {
        await using var newOnly = Text().Start();
        await using var all = Text(new FileStreamOptions { NewFilesOnly = false }).Start();
        Write(all, "old", "old\n", secondsFromNow: -10);
        Write(all, "same", "same\n", secondsFromNow: 0);
        Write(all, "older than the window", "older\n", secondsFromNow: -61);

        using var none = Batch(newOnly, seconds: 1);
        using var both = Batch(all, seconds: 1);

        Assert.Empty(none.Records);
        Assert.Equal(["old", "same"], both.Records);
    }

    [Fact]
    public async Task FileThatAppearsLate_IsTaken_WithinTheWindowOnly()
    {
        await using var run = Text().Start();
        using var early = Batch(run, seconds: 60);
        Write(run, "late", "late\n", secondsFromNow: -59);
        Write(run, "too late", "too late\n", secondsFromNow: -60);

        using var batch = Batch(run, seconds: 0);

        Assert.Equal(["late"], batch.Records);
    }

    [Fact]
    public async Task Window_IsRoundedUpToWholeBatches()
    {
        await using var run = new InputRun<string>(context => context.TextFileStream(_folder.Root), batchInterval: TimeSpan.FromSeconds(25)).Start();
        run.Time.Advance(TimeSpan.FromSeconds(100));
        Write(run, "late", "late\n", secondsFromNow: -74);
        Write(run, "too late", "too late\n", secondsFromNow: -75);

        using var batch = Batch(run, seconds: 0);

        Assert.Equal(["late"], batch.Records);
    }

    [Fact]
    public async Task HiddenFile_IsLeftOut_AndTheFilterCanBeReplaced()
    {
        await using var run = Text().Start();
        await using var filtered = Text(new FileStreamOptions { Filter = path => path.EndsWith(".log", StringComparison.Ordinal) }).Start();
        Write(run, ".hidden.log", "hidden\n", secondsFromNow: 1);
        Write(run, "_plain", "plain\n", secondsFromNow: 1);

        using var first = Batch(run, seconds: 1);
        using var second = Batch(filtered, seconds: 1);

        Assert.Equal(["plain"], first.Records);
        Assert.Equal(["hidden"], second.Records);
    }

    [Fact]
    public async Task MissingDirectory_IsAWarning_AndFilesThatComeLaterAreRead()
    {
        await using var run = new InputRun<string>(context => context.TextFileStream(_folder["later"])).Start();
        using (var empty = Batch(run, seconds: 1))
        {
            Assert.Empty(empty.Records);
        }

        using (var empty = Batch(run, seconds: 1))
        {
            Assert.Empty(empty.Records);
        }

        Directory.CreateDirectory(_folder["later"]);
        Write(run, "later/a", "a\n", secondsFromNow: 1);
        using var batch = Batch(run, seconds: 1);

        Assert.Equal(["a"], batch.Records);
        Assert.Equal(DirectoryUnreadable, Assert.Single(run.Log.Warnings).Id);
    }

    [Fact]
    public async Task ChangedFile_IsNotReadAgain_ButWarnedAbout()
    {
        await using var run = Text().Start();
        Write(run, "a", "one\n", secondsFromNow: 1);
        using (var batch = Batch(run, seconds: 1))
        {
            Assert.Equal(["one"], batch.Records);
        }

        // Appended to for longer than the window: still the same file.
        for (var minute = 0; minute < 4; minute++)
        {
            Write(run, "a", $"one\nmore {new string('.', minute)}\n", secondsFromNow: 30);
            using var batch = Batch(run, seconds: 30);
            Assert.Empty(batch.Records);
        }

        Assert.All(run.Log.Warnings, warning => Assert.Equal(TakenFileChanged, warning.Id));
        Assert.Equal(4, run.Log.Warnings.Count());
    }

    [Fact]
    public async Task UnreadableFile_IsReported_AndTriedAgain()
    {
        await using var run = Text().Start();
        Write(run, "good", "good\n", secondsFromNow: 1);
        File.CreateSymbolicLink(_folder["gone"], _folder["nowhere"]);
        Directory.CreateDirectory(_folder["elsewhere"]);
        Write(run, "elsewhere/vanishing", "vanishing\n", secondsFromNow: 1);
        Write(run, "vanishing", "vanishing\n", secondsFromNow: 1);

        run.Time.Advance(TimeSpan.FromSeconds(1));
        using (var batch = run.Allocate())
        {
            File.Delete(_folder["vanishing"]); // After it was chosen, before a task reads it.
            Assert.Equal(["good"], batch.Records);
        }

        Assert.Contains("vanishing", Assert.Single(run.Log.Warnings, warning => warning.Id == FileUnreadable).Message, StringComparison.Ordinal);
        File.Move(_folder["elsewhere/vanishing"], _folder["vanishing"]);
        using var again = Batch(run, seconds: 1);
        Assert.Equal(["vanishing"], again.Records);
    }

    [Fact]
    public async Task Pattern_NamesDirectories()
    {
        foreach (var directory in new[] { "in-1", "in-2", "out-1" })
        {
            Directory.CreateDirectory(_folder[directory]);
        }

        await using var run = new InputRun<string>(context => context.TextFileStream(_folder["in-*"])).Start();
        Write(run, "in-1/a", "1\n", secondsFromNow: 1);
        Write(run, "in-2/a", "2\n", secondsFromNow: 1);
        Write(run, "out-1/a", "3\n", secondsFromNow: 1);
        Write(run, "in-beside", "4\n", secondsFromNow: 1);

        using var first = Batch(run, seconds: 1);
        Assert.Equal(["1", "2"], first.Records);

        Directory.CreateDirectory(_folder["in-3"]);
        Write(run, "in-3/a", "5\n", secondsFromNow: 1);
        using var second = Batch(run, seconds: 1);
        Assert.Equal(["5"], second.Records);
    }

    [Fact]
    public async Task NestedDirectories_AreListed_WhenAskedFor()
    {
        Directory.CreateDirectory(_folder["x/y"]);
        await using var flat = Text().Start();
        await using var deep = Text(new FileStreamOptions { Recursive = true }).Start();
        Write(flat, "x/y/a", "deep\n", secondsFromNow: 1);

        using var first = Batch(flat, seconds: 1);
        using var second = Batch(deep, seconds: 1);

        Assert.Empty(first.Records);
        Assert.Equal(["deep"], second.Records);
    }

    [Fact]
    public async Task BatchThatNobodyReads_OpensNoFile()
    {
        await using var run = Text().Start();
        Write(run, "a", "a\n", secondsFromNow: 1);
        run.Time.Advance(TimeSpan.FromSeconds(1));
        using var batch = run.Allocate();
        File.Delete(_folder["a"]);

        Assert.Equal(1, batch.Allocation.Blocks);
        Assert.Equal(0, run.Log.Count(FileUnreadable));
        Assert.Equal(0, run.Pool.Outstanding);
    }

    [Fact]
    public async Task SingleReader_GetsAFileBlockByBlock()
    {
        await using var run = Text().Start();
        var lines = Enumerable.Range(0, 300_000).Select(line => $"line number {line} of a file").ToArray();
        Write(run, "a", string.Join('\n', lines), secondsFromNow: 1);
        run.Time.Advance(TimeSpan.FromSeconds(1));
        using var batch = run.Allocate();
        var arrays = 0L;

        var length = batch.Rdd.Map(Observed).Reduce((left, right) => left + right);

        Assert.Equal(lines.Sum(line => line.Length), length);
        Assert.InRange(arrays, 1, 4);

        int Observed(string line)
        {
            arrays = Math.Max(arrays, run.Pool.Outstanding);
            return line.Length;
        }
    }

    [Fact]
    public async Task TextThatIsKept_KeepsItsBlocks_UntilTheBatchIsOver()
    {
        await using var run = new InputRun<Utf8Slice>(context => context.Utf8FileStream(_folder.Root)).Start();
        var lines = Enumerable.Range(0, 100_000).Select(line => $"line number {line} of a file").ToArray();
        Write(run, "a", Encoding.UTF8.GetBytes(string.Join('\n', lines)), secondsFromNow: 1);
        run.Time.Advance(TimeSpan.FromSeconds(1));
        Utf8Slice[] collected;
        using (var batch = run.Allocate())
        {
            Assert.Equal([("file", 100_000)], batch.Rdd.Map(line => (line.Slice(line.Length - 4), 1)).ReduceByKey((left, right) => left + right).Collect().Select(pair => (pair.Key.ToString(), pair.Value)));
            collected = batch.Rdd.Filter(line => line.EndsWith("7 of a file"u8)).Collect();
        }

        Assert.Equal(lines.Where(line => line.EndsWith("7 of a file", StringComparison.Ordinal)), collected.Select(line => line.ToString()));
    }

    [Fact]
    public async Task FileThatVanishesBeforeItIsRead_IsReported_ToASingleReaderToo()
    {
        await using var run = Text().Start();
        Write(run, "gone", "gone\n", secondsFromNow: 1);
        Write(run, "good", "good\n", secondsFromNow: 1);
        run.Time.Advance(TimeSpan.FromSeconds(1));
        using (var batch = run.Allocate())
        {
            File.Delete(_folder["gone"]);
            Assert.Equal(["good"], batch.Rdd.Map(line => line).Collect());
        }

        Assert.Contains("gone", Assert.Single(run.Log.Warnings, warning => warning.Id == FileUnreadable).Message, StringComparison.Ordinal);
        Write(run, "gone", "again\n", secondsFromNow: 0);
        using var second = Batch(run, seconds: 1);
        Assert.Equal(["again"], second.Records);
    }

    private static InputBatch<T> Batch<T>(InputRun<T> run, int seconds)
    {
        run.Time.Advance(TimeSpan.FromSeconds(seconds));
        var batch = run.Allocate();
        _ = batch.Blocks; // Reads the files.
        return batch;
    }

    private InputRun<string> Text(FileStreamOptions? options = null) => new(context => context.TextFileStream(_folder.Root, options));

    private void Write<T>(InputRun<T> run, string name, string text, double secondsFromNow) =>
        Write(run, name, System.Text.Encoding.UTF8.GetBytes(text), secondsFromNow);

    private void Write<T>(InputRun<T> run, string name, byte[] bytes, double secondsFromNow)
    {
        File.WriteAllBytes(_folder[name], bytes);
        File.SetLastWriteTimeUtc(_folder[name], run.Time.GetUtcNow().UtcDateTime.AddSeconds(secondsFromNow));
    }
}
