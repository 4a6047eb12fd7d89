using CodegenStreaming.Batches;
using CodegenStreaming.Codecs;

namespace CodegenStreaming.Tests.Sources.Logs;

public sealed class LogStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RecordsAreThere_WhenTheyAreFlushed()
    {
        await using var run = Run().Start();
        using var writer = Writer();
        writer.Append("a");
        writer.Append(["b", "c"]);
        Assert.Equal(3, writer.NextRecord);
        Assert.Equal(default, Take(run).Allocation);
        writer.Flush();

        var (allocation, records) = Take(run);

        Assert.Equal(new InputAllocation(3, 1), allocation);
        Assert.Equal(["a", "b", "c"], records);
        Assert.Equal(default, Take(run).Allocation);
    }

    [Fact]
    public async Task Statement246_LogThatIsNotThereYet_JoinsWithItsPartitions()
    {
        await using var run = Run().Start();
        Assert.Equal(default, Take(run).Allocation);
        Write("one", "a");
        Directory.CreateDirectory(_folder[".hidden"]);
        Assert.Equal(["a"], Take(run).Records);
        Write("another", "b");
        Write("one", "c");

        using var batch = run.Allocate();

        Assert.Equal([["b"], ["c"]], batch.Partitions);
        Assert.Equal([new DirectRange<long>("another", 0, 1, 1), new DirectRange<long>("one", 1, 2, 1)], batch.Rdd.Ranges<long>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(1_000_000)]
    public async Task RecordsOverManySegments_AreReadInAnyRanges(int segmentLength)
    {
        string[] all = [.. Enumerable.Range(0, 500).Select(number => $"record {number}")];
        using (var writer = Writer(segmentLength: segmentLength))
        {
            for (var start = 0; start < all.Length; start += 10)
            {
                writer.Append(all.AsSpan(start, 10));
                writer.Flush();
            }
        }

        Assert.Equal(segmentLength switch { 1 => 51, 200 => 26, _ => 1 }, Directory.GetFiles(_folder["0"], "*.log").Length);
        await using var run = Run(new LogStreamOptions { MaxRecordsPerBatch = 7 }).Start();
        var records = new List<string?>();
        while (Take(run).Records is { Count: > 0 } some)
        {
            records.AddRange(some);
        }

        Assert.Equal(all, records);
        foreach (var (from, until) in new[] { (0, 500), (13, 14), (9, 251), (499, 500), (500, 500), (250, 250) })
        {
            // As after a restart.
            Assert.Equal(all[from..until], Read<string>(from, until));
        }
    }

    [Fact]
    public async Task LargeRecordsAndManyBlocks_AreReadAsTheyWereWritten()
    {
        string[] all = [.. Enumerable.Range(0, 20_000).Select(number => $"record {number}"), new string('x', 1_000_000), "last"];
        using (var writer = Writer())
        {
            writer.Append(all);
        }

        await using var run = Run().Start();
        using var batch = run.Allocate();

        Assert.Equal(all.Length, batch.Allocation.Records);
        Assert.Equal(all, batch.Rdd.Collect());
        Assert.Equal(all, batch.Records);
        Assert.Equal(all[5000..5003], Read<string>(5000, 20_002).Take(3));
    }

    [Fact]
    public async Task Statement241_ExistingRecords_AreSkippedOnRequest_AndLaterPartitionsAreNot()
    {
        Write("0", "old", "older");
        await using var run = Run(new LogStreamOptions { SkipsExisting = true }).Start();
        Assert.Equal(default, Take(run).Allocation);
        Write("0", "new");
        Write("1", "first");

        Assert.Equal(["new", "first"], Take(run).Records);
    }

    [Fact]
    public async Task CommittedSegments_AreDeletedOnRequest()
    {
        foreach (var deletes in new[] { false, true })
        {
            var directory = _folder[$"{deletes}"];
            using var writer = new LogDirectoryWriter<string>(directory, segmentLength: 1);
            AppendOneByOne(writer, "a", "b", "c");
            await using var run = new InputRun<string>(context => context.LogStream<string>(directory, new() { DeletesCommitted = deletes, MaxRecordsPerBatch = 2 })).Start();
            Assert.Equal(["a", "b"], Take(run).Records);
            var input = Assert.IsAssignableFrom<IReplayableInput>(run.Input);
            input.Commit(input.SavePositions());

            Assert.Equal(deletes ? 2 : 4, Directory.GetFiles(Path.Combine(directory, "0"), "*.log").Length);
            Assert.Equal(["c"], Take(run).Records);
            input.Commit(input.SavePositions());
            Assert.Equal(default, Take(run).Allocation);
            AppendOneByOne(writer, "d");
            Assert.Equal(["d"], Take(run).Records);
        }
    }

    [Fact]
    public async Task RecordsDeletedBeforeTheyWereRead_EndTheRun()
    {
        using var writer = Writer(segmentLength: 1);
        AppendOneByOne(writer, "a", "b", "c");
        File.Delete(Directory.GetFiles(_folder["0"], "*.log").Order(StringComparer.Ordinal).First());
        await using var run = new InputRun<string>(context => context.LogStream<string>(_folder.Root, startPositions: new Dictionary<string, long> { ["0"] = 0 })).Start();
        await using var fresh = Run().Start();

        Assert.Contains("begins with record 1, and has been read until 0", Assert.Throws<StreamingException>(() => run.Allocate()).Message, StringComparison.Ordinal);
        Assert.Equal(["b", "c"], Take(fresh).Records);
        Assert.Throws<StreamingException>(() => Read<string>(0, 1).Count());
    }

    [Fact]
    public async Task PositionBehindTheEnd_EndsTheRun()
    {
        Write("0", "a");
        await using var run = new InputRun<string>(context => context.LogStream<string>(_folder.Root, startPositions: new Dictionary<string, long> { ["0"] = 2 })).Start();

        Assert.Contains("ends at record 1, and has been read until 2", Assert.Throws<StreamingException>(() => run.Allocate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingSegment_EndsTheRun_AndIsNotPassedOver()
    {
        using var writer = Writer(segmentLength: 1);
        AppendOneByOne(writer, "a", "b", "c");
        File.Delete(Directory.GetFiles(_folder["0"], "*.log").Order(StringComparer.Ordinal).ElementAt(1));
        await using var run = Run().Start();

        Assert.Equal(["a"], Take(run).Records);
        Assert.Throws<CorruptRecordException>(() => run.Allocate());
        Assert.Throws<CorruptRecordException>(() => Read<string>(0, 3).Count());
    }

    [Fact]
    public async Task TypeThatHasChanged_BeginsASegment_AndBothAreRead()
    {
        using (var old = new LogDirectoryWriter<int>(_folder.Root))
        {
            old.Append([1, 2]);
        }

        using (new LogDirectoryWriter<long>(_folder.Root))
        {
        }

        using (var wider = new LogDirectoryWriter<long>(_folder.Root))
        {
            wider.Append(long.MaxValue);
        }

        await using var run = new InputRun<long>(context => context.LogStream<long>(_folder.Root)).Start();
        using var batch = run.Allocate();

        Assert.Equal(2, Directory.GetFiles(_folder["0"], "*.log").Length);
        Assert.Equal([1, 2, long.MaxValue], batch.Rdd.Collect());
        var refusal = Assert.Throws<IncompatibleSchemaException>(() => Read<Guid>(0, 3).Count());
        Assert.EndsWith("0000000000000000000.log", refusal.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Partition_HasOneWriterAtATime()
    {
        using (Writer())
        {
            Assert.Contains("another writer has it open", Assert.Throws<StreamingException>(() => Writer()).Message, StringComparison.Ordinal);
            using var other = new LogDirectoryWriter<string>(_folder.Root, "1");
        }

        using var next = Writer();
    }

    [Theory]
    [InlineData("")]
    [InlineData(".a")]
    [InlineData("_a")]
    [InlineData("a/b")]
    [InlineData("..")]
    public void NameThatIsNoPartitions_IsRefused(string name) => Assert.Throws<ArgumentException>(() => new LogDirectoryWriter<string>(_folder.Root, name));

    [Fact]
    public void TypeWithoutACodec_IsRefused()
    {
        Assert.Throws<MissingCodecException>(() => new LogDirectoryWriter<object>(_folder.Root));
        Assert.Throws<MissingCodecException>(() => Read<object>(0, 1));
    }

    [Fact]
    public void RecordThatCannotBeWritten_LeavesTheOthers()
    {
        using (var writer = new LogDirectoryWriter<int>(_folder.Root, codec: RecordCodec.Of<int, PositiveCodec>()))
        {
            writer.Append(1);
            Assert.Throws<ArgumentOutOfRangeException>(() => writer.Append(-1));
            writer.Append(2);
        }

        Assert.Equal([1, 2], Read<int>(0, 2));
    }

    [Fact]
    public void ClosedWriter_RefusesRecords()
    {
        var writer = Writer();
        writer.Dispose();
        writer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => writer.Append("a"));
        Assert.Throws<ObjectDisposedException>(writer.Flush);
    }

    [Fact]
    public async Task ManyThreadsAppend_WhileTheLogIsRead()
    {
        await using var run = Run().Start();
        using var writer = Writer(segmentLength: 1000);
        var writing = Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var number = 0; number < 100; number++)
            {
                writer.Append($"{thread}:{number}");
                writer.Flush();
            }
        })).ToArray();

        var records = await run.TakeAsync(400);
        await Task.WhenAll(writing);

        for (var thread = 0; thread < 4; thread++)
        {
            Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{thread}:{number}"), records.Where(record => record!.StartsWith($"{thread}:", StringComparison.Ordinal)));
        }
    }

    private InputRun<string> Run(LogStreamOptions? options = null) => new(context => context.LogStream<string>(_folder.Root, options));

    private LogDirectoryWriter<string> Writer(long segmentLength = 1_000_000) => new(_folder.Root, segmentLength: segmentLength);

    private void Write(string partition, params string[] records)
    {
        using var writer = new LogDirectoryWriter<string>(_folder.Root, partition);
        writer.Append(records);
    }

    /// <summary>Reads records with a source that has planned nothing.</summary>
    private IEnumerable<T> Read<T>(long from, long until) =>
        new LogDirectorySource<T>(_folder.Root).Read(new DirectRange<long>("0", from, until), TestContext.Current.CancellationToken);

    /// <summary>Each is flushed by itself; with short segments each has one of its own.</summary>
    private static void AppendOneByOne(LogDirectoryWriter<string> writer, params string[] records)
    {
        foreach (var record in records)
        {
            writer.Append(record);
            writer.Flush();
        }
    }

    private static (InputAllocation Allocation, List<string?> Records) Take(InputRun<string> run)
    {
        using var batch = run.Allocate();
        return (batch.Allocation, batch.Records);
    }

    private readonly struct PositiveCodec : ICodec<int>
    {
        public static RecordSchema Schema => Int32Codec.Schema;

        public static void Write(ref RecordWriter writer, int value)
        {
            writer.WriteInt16((short)value);
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            writer.WriteInt16(0);
        }

        public static int Read(ref RecordReader reader)
        {
            var value = reader.ReadInt16();
            reader.ReadInt16();
            return value;
        }
    }
}
