using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Tests.Sources.Logs;

/// <summary>What a machine that stops leaves of a segment, and what any bytes in its place do.</summary>
public sealed class LogCrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FileThatEndsAnywhere_IsWrittenOn_AndLosesNothingThatWasFlushedInIt()
    {
        var (bytes, marks) = Written();
        for (var length = 0; length <= bytes.Length; length++)
        {
            var flushed = marks.Where(mark => mark.Offset <= length).Select(mark => mark.Records).DefaultIfEmpty(0).Max();
            CheckRecovery(bytes[..length], flushed, $"cut to {length}");
        }
    }

    [Fact]
    public void EndThatCameToTheDiskInPart_IsCutOff()
    {
        var (bytes, marks) = Written();
        var last = marks[^1];
        var before = marks[^2];
        for (var from = before.Offset; from < last.Offset - LogFormat.BlockHeaderLength; from++)
        {
            // The length is there and the bytes are not: zeros, or what was on the disk before. The mark was never written.
            byte[] zeros = [.. bytes[..from], .. new byte[bytes.Length - from]];
            CheckRecovery(zeros, before.Records, $"zeros from {from}");
            byte[] garbage = [.. bytes[..from], .. Enumerable.Repeat((byte)0xA5, 50)];
            CheckRecovery(garbage, before.Records, $"garbage from {from}");
        }
    }

    [Fact]
    public void AnyByteThatChangesBeforeTheLastMark_IsFoundOut()
    {
        var (bytes, marks) = Written();
        for (var position = 0; position < marks[^1].Offset; position++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[position] ^= 0x40;
            Assert.Throws<CorruptRecordException>(() => ReadAll(damaged, 6));
            if (position < marks[^2].Offset || position >= marks[^1].Offset - LogFormat.BlockHeaderLength)
            {
                continue;
            }

            // The last block is damaged, and a mark behind it says that it was whole.
            Put(damaged);
            var records = ReadFlushed();
            Assert.True(records is null || records.Count <= 6, "More was read than was written.");
        }
    }

    [Fact]
    public void HeaderThatIsDamagedInTheMiddle_KeepsTheWriterFromCuttingOffWhatWasFlushed()
    {
        var (bytes, marks) = Written();
        foreach (var position in new[] { 3, LogFormat.SegmentHeaderLength - 1, marks[0].Offset, marks[1].Offset + 5, marks[0].Offset - 2 })
        {
            var damaged = (byte[])bytes.Clone();
            damaged[position] ^= 0x40;
            Put(damaged);
            Assert.Throws<CorruptRecordException>(() => new LogDirectoryWriter<string>(_folder.Root));
            Assert.Equal(damaged, File.ReadAllBytes(LogSegments.PathOf(_folder["0"], 0)));
        }
    }

    [Fact]
    public void SegmentOfAnotherName_IsRefused()
    {
        Put(Written().Bytes);
        File.Move(LogSegments.PathOf(_folder["0"], 0), LogSegments.PathOf(_folder["0"], 5));

        Assert.Throws<CorruptRecordException>(() => new LogDirectoryWriter<string>(_folder.Root));
    }

    [Fact]
    public void MutatedSegments_GiveRecordsOrAClearException()
    {
        var (bytes, _) = Written();
        var known = Enumerable.Range(0, 6).Select(Record).ToHashSet();
        Randomly.Test(1, random =>
        {
            for (var round = 0; round < 100_000; round++)
            {
                var mutated = Mutations.Of(bytes, random);
                try
                {
                    // The checksum holds, so records are those that were written, whatever happened to the others.
                    Assert.Subset(known, ReadAll(mutated, null).ToHashSet());
                }
                catch (Exception exception) when (exception is CorruptRecordException or IncompatibleSchemaException)
                {
                }

                try
                {
                    using var file = new MemoryStream(mutated);
                    Assert.InRange(LogRecovery.FindEnd(file, "a file", 0).Record, 0, 6);
                }
                catch (CorruptRecordException)
                {
                }
            }
        });
    }

    [Fact]
    public void MutatedRecordsWithARightChecksum_GiveRecordsOrAClearException()
    {
        var codec = BuiltInCodecs.Find<string>()!;
        var header = LogFormat.SegmentHeader(codec.Schema, 0);
        Randomly.Test(1, random =>
        {
            for (var round = 0; round < 20_000; round++)
            {
                byte[] records = Mutations.Of([.. codec.Encode("first"), .. codec.Encode("second")], random);
                var block = new byte[LogFormat.BlockHeaderLength];
                LogFormat.WriteBlockHeader(block, records.Length, random.Next(3) == 0 ? random.Next() : 2, 0);
                byte[] file = [.. header, .. block, .. records, .. BitConverter.GetBytes(LogFormat.Checksum(records))];
                try
                {
                    Assert.InRange(ReadAll(file, null).Count, 0, 100);
                }
                catch (CorruptRecordException)
                {
                }
            }
        });
    }

    private static string Record(int number) => $"record {number}";

    /// <summary>Three flushes of one, two and three records; where the marks end, and how many records lie before them.</summary>
    private static (byte[] Bytes, (int Offset, int Records)[] Marks) Written()
    {
        using var folder = new TemporaryFolder();
        var marks = new List<(int, int)>();
        var path = LogSegments.PathOf(folder["0"], 0);
        using (var writer = new LogDirectoryWriter<string>(folder.Root))
        {
            var next = 0;
            for (var count = 1; count <= 3; count++)
            {
                writer.Append([.. Enumerable.Range(next, count).Select(Record)]);
                writer.Flush();
                marks.Add(((int)new FileInfo(path).Length, next += count));
            }
        }

        return (File.ReadAllBytes(path), [.. marks]);
    }

    private void Put(byte[] bytes)
    {
        Directory.CreateDirectory(_folder["0"]);
        File.WriteAllBytes(LogSegments.PathOf(_folder["0"], 0), bytes);
    }

    /// <summary>Readers see what was flushed; a writer goes on behind it, and behind whole blocks of what was not.</summary>
    private void CheckRecovery(byte[] bytes, int flushed, string what)
    {
        Put(bytes);
        Assert.True(ReadFlushed()?.Count == flushed, $"{what}: readers see others than the {flushed} flushed records.");
        long found;
        using (var writer = new LogDirectoryWriter<string>(_folder.Root))
        {
            found = writer.NextRecord;
            Assert.True(found >= flushed, $"{what}: the writer has found {found} of {flushed} records.");
            writer.Append("new");
        }

        Assert.Equal([.. Enumerable.Range(0, (int)found).Select(Record), "new"], ReadFlushed());
    }

    /// <summary>What a stream would read; null where it says that the log is damaged.</summary>
    private List<string>? ReadFlushed()
    {
        try
        {
            var source = new LogDirectorySource<string>(_folder.Root);
            return [.. source.Plan(new Dictionary<string, long>()).SelectMany(range => source.Read(range, TestContext.Current.CancellationToken))];
        }
        catch (CorruptRecordException)
        {
            return null;
        }
    }

    /// <summary>The records of all blocks.</summary>
    /// <param name="bytes">A segment.</param>
    /// <param name="expected">How many there are to be; fewer are damage.</param>
    private static List<string> ReadAll(byte[] bytes, int? expected)
    {
        var pool = new BlockPool();
        using var file = new MemoryStream(bytes);
        var segment = LogSegment.Open(file, "a file");
        var decoder = new RecordDecoder<string>(BuiltInCodecs.Find<string>()!, segment.Schema);
        var walk = segment.Walk();
        var records = new List<string>();
        while (walk.TryRead(out var header))
        {
            if (!header.IsMark)
            {
                var block = segment.Read(header, walk.Offset, decoder, pool);
                records.AddRange(block.Records);
                block.Release();
            }

            walk.Skip(header);
        }

        Assert.Equal(0, pool.Outstanding);
        return records.Count == (expected ?? records.Count) && (expected is null || walk.Offset == bytes.Length)
            ? records
            : throw new CorruptRecordException("The walk ended early", walk.Offset);
    }
}
