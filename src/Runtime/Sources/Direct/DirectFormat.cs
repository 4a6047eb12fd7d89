using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>
/// Ranges and positions as bytes: version, schema of positions, number of partitions, their names (with the number of records, for ranges), then all positions (the two of each
/// range together). Positions written by an older version of their type are read as the new one.
/// </summary>
internal sealed class DirectFormat<TPosition>(RecordCodec<TPosition> codec)
{
    private const byte Version = 1;

    /// <summary>A name's length, and whether a number follows.</summary>
    private const int MinimumEntrySize = 2;

    private readonly BlockPool _pool = new();

    public byte[] Write(IReadOnlyList<DirectRange<TPosition>> ranges)
    {
        var writer = Begin(ranges.Count);
        try
        {
            foreach (var range in ranges)
            {
                writer.WriteString(range.Partition);
                if (writer.WritePresence(range.Count is not null))
                {
                    writer.WriteInt64(range.Count!.Value);
                }
            }

            codec.WriteAll(ref writer, [.. ranges.SelectMany(static range => new[] { range.From, range.Until })]);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    public byte[] Write(IReadOnlyDictionary<string, TPosition> positions)
    {
        var writer = Begin(positions.Count);
        try
        {
            foreach (var partition in positions.Keys)
            {
                writer.WriteString(partition);
                writer.WritePresence(false);
            }

            codec.WriteAll(ref writer, [.. positions.Values]);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <exception cref="CorruptRecordException">The bytes are no ranges.</exception>
    /// <exception cref="IncompatibleSchemaException">Their positions are of another type.</exception>
    public DirectRange<TPosition>[] ReadRanges(ReadOnlySpan<byte> bytes)
    {
        var (entries, positions) = Read(bytes, perEntry: 2);
        var ranges = new DirectRange<TPosition>[entries.Length];
        for (var index = 0; index < ranges.Length; index++)
        {
            var (partition, count) = entries[index];
            ranges[index] = new DirectRange<TPosition>(partition, positions[2 * index], positions[(2 * index) + 1], count);
        }

        return ranges;
    }

    /// <exception cref="CorruptRecordException">The bytes are no positions.</exception>
    /// <exception cref="IncompatibleSchemaException">They are of another type.</exception>
    public Dictionary<string, TPosition> ReadPositions(ReadOnlySpan<byte> bytes)
    {
        var (entries, positions) = Read(bytes, perEntry: 1);
        var byPartition = new Dictionary<string, TPosition>(entries.Length);
        for (var index = 0; index < entries.Length; index++)
        {
            byPartition.Add(entries[index].Partition, positions[index]);
        }

        return byPartition;
    }

    private RecordWriter Begin(int count)
    {
        var writer = new RecordWriter(_pool);
        writer.WriteByte(Version);
        SchemaFormat.Write(ref writer, codec.Schema);
        writer.WriteLength(count);
        return writer;
    }

    private ((string Partition, long? Count)[] Entries, TPosition[] Positions) Read(ReadOnlySpan<byte> bytes, int perEntry)
    {
        var reader = new RecordReader(bytes);
        var version = reader.ReadByte();
        if (version != Version)
        {
            reader.Fail($"The positions are of version {version} of the format; this library reads version {Version}", 0);
        }

        var schema = SchemaFormat.Read(ref reader);
        var entries = new (string, long?)[reader.ReadLength(MinimumEntrySize)];
        var names = new HashSet<string>(entries.Length);
        for (var index = 0; index < entries.Length; index++)
        {
            entries[index] = ReadEntry(ref reader, names);
        }

        return (entries, ReadPositions(bytes[reader.Position..], schema, entries.Length * perEntry, reader.Position));
    }

    private static (string, long?) ReadEntry(ref RecordReader reader, HashSet<string> names)
    {
        var start = reader.Position;
        var name = reader.ReadString();
        if (name is null || !names.Add(name))
        {
            reader.Fail(name is null ? "A partition has no name" : $"The partition {name} is there twice", start);
        }

        var count = reader.ReadPresence() ? reader.ReadInt64() : (long?)null;
        if (count < 0)
        {
            reader.Fail($"A range of {count} records", start);
        }

        return (name!, count);
    }

    private TPosition[] ReadPositions(ReadOnlySpan<byte> bytes, RecordSchema schema, int count, int start)
    {
        try
        {
            var block = new RecordDecoder<TPosition>(codec, schema).Read(bytes, count, _pool);
            var positions = block.Records.ToArray();
            block.Release();
            return positions;
        }
        catch (CorruptRecordException exception)
        {
            throw new CorruptRecordException(exception.Problem, start + exception.Offset);
        }
    }
}
