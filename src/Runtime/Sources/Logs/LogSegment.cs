using System.Buffers.Binary;
using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>
/// A segment that is read. Whatever its bytes are, it gives records or an exception that names file and place, and never asks for more memory than the file's own length
/// accounts for.
/// </summary>
internal sealed class LogSegment
{
    private readonly Stream _file;
    private readonly string _name;

    private LogSegment(Stream file, string name, RecordSchema schema, long first, long start) =>
        (_file, _name, Schema, First, Start) = (file, name, schema, first, start);

    /// <summary>What the records were written with.</summary>
    public RecordSchema Schema { get; }

    /// <summary>The number of the first record.</summary>
    public long First { get; }

    /// <summary>Where the first block begins.</summary>
    public long Start { get; }

    /// <summary>Reads the header.</summary>
    /// <param name="file">One that can be sought in; the caller's to close.</param>
    /// <param name="name">The file's, for messages.</param>
    /// <exception cref="CorruptRecordException">It is no segment, or only the beginning of one.</exception>
    public static LogSegment Open(Stream file, string name)
    {
        var length = file.Length;
        Span<byte> head = stackalloc byte[LogFormat.SegmentHeaderLength];
        file.Position = 0;
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.StartsWith(LogFormat.Magic))
        {
            throw new CorruptRecordException("This is no segment of a log, or only its beginning", name, 0);
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        var schemaLength = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]);
        if (version != LogFormat.Version)
        {
            throw new CorruptRecordException($"The file is of version {version} of the format; this library reads version {LogFormat.Version}", name, 8);
        }

        if (schemaLength > ObjectFile.MaximumSchemaLength || head.Length + schemaLength + LogFormat.ChecksumLength > length)
        {
            throw new CorruptRecordException($"A schema of {schemaLength} bytes is cut off, or longer than any that is written", name, 12);
        }

        var all = new byte[head.Length + (int)schemaLength + LogFormat.ChecksumLength];
        head.CopyTo(all);
        file.ReadExactly(all.AsSpan(head.Length));
        var summed = all.AsSpan(0, all.Length - LogFormat.ChecksumLength);
        if (LogFormat.Checksum(summed) != BinaryPrimitives.ReadUInt32LittleEndian(all.AsSpan(summed.Length)))
        {
            throw new CorruptRecordException("The header is damaged: its checksum is another one", name, 0);
        }

        return new LogSegment(file, name, ReadSchema(summed[head.Length..], name, head.Length), BinaryPrimitives.ReadInt64LittleEndian(head[16..]), all.Length);
    }

    /// <summary>Goes through the blocks from the first one on.</summary>
    public LogWalk Walk() => new(_file, Start, First);

    /// <summary>The records of a block, as a block that is the caller's to release.</summary>
    /// <exception cref="CorruptRecordException">The block is damaged.</exception>
    public ArrayBlock<T> Read<T>(LogBlockHeader header, long offset, RecordDecoder<T> decoder, BlockPool pool)
    {
        var bytes = pool.Rent<byte>(header.Length);
        try
        {
            var records = bytes.AsSpan(0, header.Length);
            return IsWhole(header, offset, records)
                ? Decode(records, header.Count, offset + LogFormat.BlockHeaderLength, decoder, pool)
                : throw new CorruptRecordException("A block is damaged: its checksum is another one", _name, offset);
        }
        finally
        {
            pool.Return(bytes, 0);
        }
    }

    /// <summary>Reads a block's bytes, and whether they are those that were written.</summary>
    public bool IsWhole(LogBlockHeader header, long offset, Span<byte> records)
    {
        Span<byte> checksum = stackalloc byte[LogFormat.ChecksumLength];
        _file.Position = offset + LogFormat.BlockHeaderLength;
        return _file.ReadAtLeast(records, records.Length, throwOnEndOfStream: false) == records.Length
            && _file.ReadAtLeast(checksum, checksum.Length, throwOnEndOfStream: false) == checksum.Length
            && BinaryPrimitives.ReadUInt32LittleEndian(checksum) == LogFormat.Checksum(records);
    }

    private ArrayBlock<T> Decode<T>(ReadOnlySpan<byte> records, int count, long start, RecordDecoder<T> decoder, BlockPool pool)
    {
        try
        {
            return decoder.Read(records, count, pool);
        }
        catch (CorruptRecordException exception)
        {
            throw new CorruptRecordException(exception.Problem, _name, start + exception.Offset, exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A constructor of the user's did not take what was written.
            throw new CorruptRecordException($"A record can't be made of what was written: {exception.GetType().Name}: {exception.Message}", _name, start, exception);
        }
    }

    private static RecordSchema ReadSchema(ReadOnlySpan<byte> bytes, string name, long start)
    {
        var reader = new RecordReader(bytes);
        try
        {
            var schema = SchemaFormat.Read(ref reader);
            if (reader.Remaining > 0)
            {
                reader.Fail("Bytes are left behind the schema");
            }

            return schema;
        }
        catch (CorruptRecordException exception)
        {
            throw new CorruptRecordException(exception.Problem, name, start + exception.Offset, exception);
        }
    }
}
