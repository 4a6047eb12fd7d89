using CodegenStreaming.Codecs;

namespace CodegenStreaming.Tests.Outputs;

public sealed class SaveAsObjectFilesTests
{
    private static readonly RecordCodec<(string, int)> Pairs = RecordCodec.Of<(string, int), TupleCodec<string, StringCodec, int, Int32Codec>>();

    [Fact]
    public async Task Batch_IsAFolder_WhoseFilesAreADataSet()
    {
        using var folder = new TemporaryFolder();
        await using var stream = new QueuedStream<string>();
        stream.Stream.SaveAsObjectFiles(folder["out/words"], "obj");
        stream.Context.Start();

        await stream.RunAsync("a", null!, "c\n");
        await stream.RunAsync();

        Assert.Equal(["_SUCCESS", "part-00000", "part-00001"], Names(folder["out/words-1001000.obj"]));
        using var engine = new EngineContext(master: "local[2]");
        Assert.Empty(engine.ObjectFile<string>(folder["out/words-1002000.obj"]).Collect());
        var words = engine.ObjectFile<string>(folder["out/words-1001000.obj"]);
        Assert.Equal(2, words.PartitionCount);
        Assert.Equal(["a", null!, "c\n"], words.Collect());
        Assert.Equal("c\n", Assert.Single(words.Filter(word => word is not null && word.Length > 1).Collect()));
        Assert.Equal(3, words.Union(words).Distinct().Count());
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public async Task FolderThatIsThere_IsReplaced_AndAFailedBatchLeavesIt()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["out-1001000"]);
        File.WriteAllText(folder["out-1001000/part-00007"], "old");
        await using var stream = new QueuedStream<int>(parallelism: 1);
        stream.Stream.Map(number => 10 / number).SaveAsObjectFiles(folder["out"]);
        stream.Context.Start();

        await stream.RunAsync(1);
        await stream.RunAsync(1, 0);

        Assert.Equal(["_SUCCESS", "part-00000"], Names(folder["out-1001000"]));
        Assert.False(Directory.Exists(folder["out-1002000"]));
    }

    [Fact]
    public async Task RecordsWithoutACodec_AreRefusedAtTheStart()
    {
        await using var stream = new QueuedStream<(string, int)>();
        stream.Stream.SaveAsObjectFiles("out");

        var exception = Assert.Throws<MissingCodecException>(stream.Context.Start);
        Assert.Equal(typeof((string, int)), exception.RecordType);
        Assert.Contains("UseCodec", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CodecOfTheContext_IsGivenBeforeTheStart()
    {
        using var folder = new TemporaryFolder();
        await using var stream = new QueuedStream<(string, int)>();
        stream.Stream.SaveAsObjectFiles(folder["out"]);
        stream.Context.UseCodec(Pairs);
        stream.Context.Start();
        await stream.RunAsync(("a", 1), ("b", 2));

        Assert.Equal([("a", 1), ("b", 2)], stream.Context.Engine.ObjectFile<(string, int)>(folder["out-1001000"]).Collect());
        Assert.Throws<ContextStartedException>(() => stream.Context.UseCodec(Pairs));
        Assert.Throws<ArgumentNullException>(() => stream.Context.UseCodec<int>(null!));
    }

    [Fact]
    public void DataSet_IsSavedAndRead_ByACodecOfTheUsers()
    {
        using var folder = new TemporaryFolder();
        using var engine = new EngineContext(master: "local[2]");
        var pairs = engine.Parallelize([("a", 1), ("b", 2), ("c", 3)], 2);

        Assert.Throws<MissingCodecException>(() => pairs.SaveAsObjectFile(folder["pairs"]));
        pairs.SaveAsObjectFile(folder["pairs"], Pairs);
        Assert.Equal([("a", 1), ("b", 2), ("c", 3)], engine.ObjectFile(folder["pairs"], Pairs).Collect());

        engine.UseCodec(Pairs);
        pairs.Map(pair => (pair.Item1 + "!", pair.Item2)).SaveAsObjectFile(folder["pairs"]);
        Assert.Equal([("a!", 1), ("b!", 2), ("c!", 3)], engine.ObjectFile<(string, int)>(folder["pairs"]).Collect());
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public void SlicesOfText_LiveOnBehindTheAction()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["lines.txt"], "one\ntwo\n\nfour");
        using var engine = new EngineContext(master: "local[2]");
        engine.Utf8File(folder["lines.txt"]).SaveAsObjectFile(folder["lines"]);

        var lines = engine.ObjectFile<Utf8Slice>(folder["lines"]).Filter(line => line.Length != 3).Collect();

        Assert.Equal(["", "four"], lines.Select(line => line.ToString()));
        Assert.Equal(4, engine.ObjectFile<Utf8Slice>(folder["lines"]).Distinct().Count());
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public void DamagedFile_FailsTheAction_WithFileAndPlace()
    {
        using var folder = new TemporaryFolder();
        using var engine = new EngineContext(master: "local[1]");
        engine.Parallelize([1, 2, 3], 1).SaveAsObjectFile(folder["numbers"]);
        var part = folder["numbers/part-00000"];
        var bytes = File.ReadAllBytes(part);
        bytes[^30] ^= 1;
        File.WriteAllBytes(part, bytes);

        var failure = Assert.Throws<StreamingTaskException>(() => engine.ObjectFile<int>(folder["numbers"]).Collect());
        Assert.Equal(part, Assert.IsType<CorruptRecordException>(failure.InnerException).File);
        File.WriteAllText(part, "text");
        failure = Assert.Throws<StreamingTaskException>(() => engine.ObjectFile<int>(folder["numbers"]).Collect());
        Assert.Contains("This is no object file", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public void StructureThatLaysMemoryDown_IsReadByTheSameTypeOnly()
    {
        using var folder = new TemporaryFolder();
        using var engine = new EngineContext(master: "local[1]");
        engine.Parallelize([(1, 2L)], 1).SaveAsObjectFile(folder["pairs"]);

        Assert.Equal((1, 2L), engine.ObjectFile<(int, long)>(folder["pairs"]).First());
        var failure = Assert.Throws<StreamingTaskException>(() => engine.ObjectFile<(int, double)>(folder["pairs"]).First());
        Assert.IsType<IncompatibleSchemaException>(failure.InnerException);
    }

    private static List<string?> Names(string folder) =>
        [.. Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)];
}
