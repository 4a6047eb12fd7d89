using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Execution.Windows;
using CodegenStreaming.Memory;
using CodegenStreaming.Recovery;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Tests.Recovery;

/// <summary>Whatever bytes a checkpoint has under checksums that fit, reading it gives something or says what is wrong, and asks for no more memory than they account for.</summary>
public sealed class DamagedContentTests(ITestOutputHelper log)
{
    private const int Cases = 100_000;
    private const long MostBytes = 64 * 1024;

    private readonly BlockPool _pool = new();

    [Fact]
    public void ContentOfAManifest()
    {
        var schema = RecordSchema.Record("Order", ("Id", RecordSchema.Of(SchemaKind.Int64)), ("Lines", RecordSchema.List(RecordSchema.Of(SchemaKind.String))));
        var identity = new StreamIdentity("Orders", "totals", "UpdateStateByKey", "(a, b) => a", "File stream of String", [("key", schema), ("state", RecordSchema.Of(SchemaKind.Int32))]);
        CheckpointFile[] files = [new("data-1", 10, 1), new("data-2", 20, 2)];
        var content = new CheckpointContent(
            1000,
            5000,
            new SavedData(3, [(identity, new SavedStream(files, new byte[] { 1, 2, 3 })), (identity with { Name = null }, new SavedStream([], default))], [(identity with { Schemas = [] }, new byte[] { 9 })]),
            7,
            5,
            new BatchAttempts(6, 2),
            [new PlannedBatch(4, [(0, new byte[] { 4 })]), new PlannedBatch(7, [(0, new byte[] { 7 }), (1, new byte[] { 8 })])]);
        var sections = ContentFormat.Write(content, _pool);
        var read = ContentFormat.Read(new CheckpointManifest(1, 1, 3, files, sections));
        Assert.Equal((1000, 5000, 7, 5, new BatchAttempts(6, 2)), (read.Interval, read.Zero, read.Planned, read.Completed, read.Attempts));
        Assert.Equal(["totals", null], read.Data.Streams.Select(stream => stream.Identity.Name));
        Assert.Equal([4, 7], read.Batches.Select(batch => batch.Number));
        Assert.True(read.Data.Streams[0].Identity.HasSchemasOf(identity));

        Mutate(random =>
        {
            var changed = random.Next(sections.Count);
            var mutated = sections.Select((section, index) => index == changed ? section with { Content = Mutations.Of(section.Content.ToArray(), random) } : section);
            ContentFormat.Read(new CheckpointManifest(1, 1, 3, files, [.. mutated]));
        });
    }

    [Fact]
    public void FileOfBatches()
    {
        var codec = new PairCodec<string, long>(BuiltInCodecs.Find<string>()!, BuiltInCodecs.Find<long>()!);
        byte[]? file = null;
        Block<(string, long)>[] blocks = [new ArrayBlock<(string, long)>([("a", 1), ("b", 2)], 2, null), new ArrayBlock<(string, long)>([("c", 3)], 1, null)];
        BatchFile.Write([(5, blocks), (6, blocks)], codec, _pool, bytes =>
        {
            file = bytes.ToArray();
            return new CheckpointFile("f", file.Length, 0);
        });
        var content = SealedFile.Open(FileKind.Batches, file, "f").ToArray();
        var runs = new List<(long, int, int)>();
        BatchFile.Read<(string, long)>(file, "f", codec, _pool, (number, partition, records) => runs.Add((number, partition, records.Length)));
        Assert.Equal([(5, 0, 2), (5, 1, 1), (6, 0, 2), (6, 1, 1)], runs);

        Mutate(random => BatchFile.Read<(string, long)>(SealedFile.Seal(FileKind.Batches, Mutations.Of(content, random)), "f", codec, _pool, static (_, _, _) => { }));
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void FilesOfTables_Windows_AndPlans()
    {
        var (keys, states) = (BuiltInCodecs.Find<string>()!, BuiltInCodecs.Find<long>()!);
        CheckpointFile[] files = [new("a", 1, 1), new("b", 1, 1)];
        byte[] ofTables = [2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
        new SavedTables<string, long>(keys, states, _pool).Restore(new RestoredStream(new SavedStream(files, ofTables), 1, new BatchTime(0), _ => default));
        Mutate(random => new SavedTables<string, long>(keys, states, _pool)
            .Restore(new RestoredStream(new SavedStream(files, Mutations.Of(ofTables, random)), 1, new BatchTime(0), _ => default)));

        var window = new WindowRange(new BatchGrid(TimeSpan.FromSeconds(1)), 4, 2, 1);
        var node = new InputNode<int>("window");
        var ofWindow = window.Join(new SavedStream(files, new byte[] { 1 }), new SavedStream([], new byte[] { 2 }), _pool);
        Mutate(random => window.Divide(ofWindow with { Content = Mutations.Of(ofWindow.Content.ToArray(), random) }, node));

        var plan = FilePlan.Write([new FoundFile("/a/b", 1, 2), new FoundFile("/a/c", 3, 4)], _pool);
        Assert.Equal(["/a/b", "/a/c"], FilePlan.Read(plan).Select(found => found.Path));
        Mutate(random => FilePlan.Read(Mutations.Of(plan, random)));
    }

    private void Mutate(Action<Random> read)
    {
        var seed = Random.Shared.Next();
        log.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var refused = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 0; number < Cases; number++)
        {
            try
            {
                read(random);
            }
            catch (Exception exception) when (exception is CorruptRecordException or IncompatibleSchemaException or IncompatibleStateException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, Cases);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Cases, 0, MostBytes);
    }
}
