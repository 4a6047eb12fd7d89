using CodegenStreaming.Outputs;

namespace CodegenStreaming.Tests.Outputs;

public sealed class SaveAsTextFilesTests
{
    [Fact]
    public async Task Batch_IsAFolder_WithAFileForEachPartition()
    {
        using var folder = new TemporaryFolder();
        await using var stream = new QueuedStream<(string, int)>();
        stream.Stream.SaveAsTextFiles(folder["out/counts"], "txt");
        stream.Context.Start();

        await stream.RunAsync(("a", 1), ("ä", 2), ("c", 3));

        var saved = Assert.Single(Directory.GetFileSystemEntries(folder["out"]));
        Assert.Equal(folder["out/counts-1001000.txt"], saved);
        Assert.Equal(["_SUCCESS", "part-00000", "part-00001"], Names(saved));
        Assert.Equal("(a,1)\n"u8.ToArray(), File.ReadAllBytes(Path.Combine(saved, "part-00000")));
        Assert.Equal("(ä,2)\n(c,3)\n"u8.ToArray(), File.ReadAllBytes(Path.Combine(saved, "part-00001")));
        Assert.Empty(File.ReadAllBytes(Path.Combine(saved, OutputFolder.SuccessMarker)));
    }

    [Fact]
    public async Task EmptyBatch_WritesItsFolder()
    {
        using var folder = new TemporaryFolder();
        await using var stream = new QueuedStream<int>();
        stream.Stream.SaveAsTextFiles(folder["out"]);
        stream.Context.Start();

        stream.Time.Advance(TimeSpan.FromSeconds(1));
        await stream.Context.Run!.Ledger.WaitForAsync(stream.Context.Run.Ledger.LastMade);

        Assert.Equal(["_SUCCESS"], Names(folder["out-1001000"]));
    }

    [Fact]
    public async Task FolderThatIsThere_IsReplaced()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["out-1001000"]);
        File.WriteAllText(folder["out-1001000/part-00007"], "old");
        Directory.CreateDirectory(folder[".out-1001000.unfinished"]);
        File.WriteAllText(folder[".out-1001000.unfinished/part-00008"], "left by a crash");
        await using var stream = new QueuedStream<int>(parallelism: 1);
        stream.Stream.SaveAsTextFiles(folder["out"]);
        stream.Context.Start();

        await stream.RunAsync(1);

        Assert.Equal(["_SUCCESS", "part-00000"], Names(folder["out-1001000"]));
        Assert.Equal([folder["out-1001000"]], Directory.GetFileSystemEntries(folder.Root));
    }

    [Fact]
    public async Task FailedBatch_LeavesNoFolder_AndTheNextOneIsWritten()
    {
        using var folder = new TemporaryFolder();
        await using var stream = new QueuedStream<int>(parallelism: 1);
        stream.Stream.Map(number => 10 / number).SaveAsTextFiles(folder["out"]);
        stream.Context.Start();

        await stream.RunAsync(1, 0);
        await stream.RunAsync(5);

        Assert.False(Directory.Exists(folder["out-1001000"]));
        Assert.Equal("2\n", File.ReadAllText(folder["out-1002000/part-00000"]));
    }

    [Fact]
    public async Task FailureWhileWriting_IsTheOutputs()
    {
        using var folder = new TemporaryFolder();
        await using var stream = new QueuedStream<int>(parallelism: 1);
        stream.Stream.Map(_ => new Unprintable()).SaveAsTextFiles(folder["out"]).Named("archive");
        stream.Context.Start();

        await stream.RunAsync(1);

        var failure = Assert.Throws<StreamingTaskException>(() => stream.Context.AwaitTermination());
        Assert.Equal("SaveAsTextFiles", failure.OperatorName);
        Assert.StartsWith("SaveAsTextFiles 'archive' failed", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out-1001000"]));
    }

    [Fact]
    public void Slices_AreWrittenAsTheyAre()
    {
        using var folder = new TemporaryFolder();
        var text = new CodegenStreaming.Sources.Utf8LineBuffer(new CodegenStreaming.Memory.BlockPool());
        text.WriteLine([(byte)'a', 0xFF]);
        text.WriteLine([]);
        text.WriteLine("b"u8);

        TextPart.Write(folder["part"], text.ToBlock().Read());

        Assert.Equal([(byte)'a', 0xFF, (byte)'\n', (byte)'\n', (byte)'b', (byte)'\n'], File.ReadAllBytes(folder["part"]));
    }

    [Theory]
    [InlineData("out", "txt", "out-5.txt")]
    [InlineData("out", null, "out-5")]
    [InlineData("out", "", "out-5")]
    [InlineData("", "txt", "5.txt")]
    public void Name_LeavesOutWhatIsEmpty(string prefix, string? suffix, string expected) =>
        Assert.Equal(expected, OutputFolder.NameOf(new BatchTime(5), prefix, suffix));

    private sealed class Unprintable
    {
        public override string ToString() => throw new InvalidOperationException("no text");
    }

    private static List<string?> Names(string folder) =>
        [.. Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)];
}
