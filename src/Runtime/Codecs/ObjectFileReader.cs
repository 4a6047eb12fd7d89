using System.Buffers.Binary;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Codecs;

/// <summary>
/// Reads an object file block by block. Whatever its bytes are, it gives records or an exception that names the file and the place; it never asks for more
/// memory than the file's own length accounts for.
/// </summary>
internal sealed class ObjectFileReader<T> : IDisposable
{
    private readonly Stream _file;
    private readonly string _name;
    private readonly BlockPool _pool;
    private readonly RecordDecoder<T> _decoder;
    private long _total;

    /// <param name="file">One that can be sought in; closed with the reader, or when its header is refused.</param>
    /// <param name="name">The file's, for messages.</param>
    /// <param name="codec">Reads the records, which may have been written with an older schema of theirs.</param>
    /// <param name="pool">Where memory comes from.</param>
    /// <exception cref="CorruptRecordException">It is no object file.</exception>
    /// <exception cref="IncompatibleSchemaException">It holds records that the codec's can't be made of.</exception>
    public ObjectFileReader(Stream file, string name, RecordCodec<T> codec, BlockPool pool)
    {
        (_file, _name, _pool) = (file, name, pool);
        try
        {
            _decoder = NewDecoder(codec);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private long Remaining => _file.Length - _file.Position;

    /// <summary>The next block, which is the caller's to release; null at the end.</summary>
    /// <exception cref="CorruptRecordException">The file is damaged.</exception>
    public ArrayBlock<T>? Read()
    {
        var start = _file.Position;
        Span<byte> header = stackalloc byte[ObjectFile.BlockHeaderLength];
        Fill(header, "The header of a block is cut off", start);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(header[sizeof(uint)..]);
        var isEnd = length == 0;
        return ReadChecked<ArrayBlock<T>?>(header, isEnd ? ObjectFile.TotalLength : length, start, "A block", payload =>
        {
            if (!isEnd)
            {
                _total += count;
                return Decode(payload, count, start + ObjectFile.BlockHeaderLength);
            }

            var total = BinaryPrimitives.ReadInt64LittleEndian(payload);
            return count != 0 || total != _total || Remaining != 0
                ? throw Corrupt($"The end tells of {total} records where {_total} were read, or something follows it", start)
                : null;
        });
    }

    public void Dispose() => _file.Dispose();

    private RecordDecoder<T> NewDecoder(RecordCodec<T> codec)
    {
        Span<byte> magic = stackalloc byte[ObjectFile.Magic.Length];
        if (_file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.SequenceEqual(ObjectFile.Magic))
        {
            throw Corrupt("This is no object file: it does not begin with its magic bytes", 0);
        }

        var start = _file.Position;
        Span<byte> header = stackalloc byte[ObjectFile.HeaderLength];
        Fill(header, "The header is cut off", start);
        var version = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (version != ObjectFile.Version)
        {
            throw Corrupt($"The file is of version {version} of the format; this library reads version {ObjectFile.Version}", start);
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(header[sizeof(uint)..]);
        if (length > ObjectFile.MaximumSchemaLength)
        {
            throw Corrupt($"A schema of {length} bytes is longer than any that is written", start);
        }

        var schema = ReadChecked(header, length, start, "The header", ReadSchema);
        try
        {
            return new RecordDecoder<T>(codec, schema);
        }
        catch (IncompatibleSchemaException exception)
        {
            throw new IncompatibleSchemaException(exception.Field, exception.Problem, _name);
        }
    }

    private RecordSchema ReadSchema(ReadOnlySpan<byte> bytes)
    {
        var start = _file.Position - bytes.Length - ObjectFile.ChecksumLength;
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
            throw Corrupt(exception.Problem, start + exception.Offset, exception);
        }
    }

    private ArrayBlock<T> Decode(ReadOnlySpan<byte> payload, uint count, long start)
    {
        try
        {
            return _decoder.Read(payload, (int)Math.Min(count, int.MaxValue), _pool);
        }
        catch (CorruptRecordException exception)
        {
            throw Corrupt(exception.Problem, start + exception.Offset, exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A constructor of the user's did not take what was written.
            throw Corrupt($"A record can't be made of what was written: {exception.GetType().Name}: {exception.Message}", start, exception);
        }
    }

    /// <summary>Reads what a header announces, with the checksum over both.</summary>
    private TResult ReadChecked<TResult>(ReadOnlySpan<byte> header, long length, long start, string what, ReadPayload<TResult> read)
    {
        var all = header.Length + length + ObjectFile.ChecksumLength;
        if (length > Remaining - ObjectFile.ChecksumLength || all > Array.MaxLength)
        {
            throw Corrupt($"{what} of {length} bytes is cut off", start);
        }

        var bytes = _pool.Rent<byte>((int)all);
        try
        {
            var block = bytes.AsSpan(0, (int)all);
            header.CopyTo(block);
            Fill(block[header.Length..], $"{what} is cut off", start);
            var summed = block[..^ObjectFile.ChecksumLength];
            return BinaryPrimitives.ReadUInt32LittleEndian(block[summed.Length..]) == ObjectFile.Checksum(summed)
                ? read(summed[header.Length..])
                : throw Corrupt($"{what} is damaged: its checksum is another one", start);
        }
        finally
        {
            _pool.Return(bytes, 0);
        }
    }

    private void Fill(Span<byte> bytes, string problem, long start)
    {
        if (_file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw Corrupt(problem, start);
        }
    }

    private CorruptRecordException Corrupt(string problem, long offset) => new(problem, _name, offset);

    private CorruptRecordException Corrupt(string problem, long offset, Exception cause) => new(problem, _name, offset, cause);

    private delegate TResult ReadPayload<TResult>(ReadOnlySpan<byte> payload);
}
