using CodegenStreaming.Memory;

namespace CodegenStreaming.Codecs;

/// <summary>Writes an object file: the header at once, a block whenever one is full, the end when it is completed.</summary>
internal sealed class ObjectFileWriter<T> : IDisposable
{
    private readonly Stream _file;
    private readonly RecordCodec<T> _codec;
    private readonly BlockPool _pool;
    private byte[] _bytes;
    private int _length;
    private int _count;
    private long _total;

    /// <param name="file">Written in whole blocks; not closed.</param>
    /// <param name="codec">Writes the records.</param>
    /// <param name="pool">Where memory comes from.</param>
    public ObjectFileWriter(Stream file, RecordCodec<T> codec, BlockPool pool)
    {
        (_file, _codec, _pool) = (file, codec, pool);
        var writer = new RecordWriter(pool, ObjectFile.BlockLength + (ObjectFile.BlockLength / 4));
        writer.WriteBytes(ObjectFile.Magic);
        writer.WriteInt32((int)ObjectFile.Version);
        writer.WriteInt32(0);
        var start = writer.Length;
        SchemaFormat.Write(ref writer, codec.Schema);
        var length = writer.Length - start;
        if (length > ObjectFile.MaximumSchemaLength)
        {
            writer.Dispose();
            throw new StreamingException($"The schema of {typeof(T)} has {length:N0} bytes; the limit is {ObjectFile.MaximumSchemaLength:N0} bytes.");
        }

        writer.SetInt32(start - sizeof(int), length);
        writer.WriteInt32((int)ObjectFile.Checksum(writer.Written[ObjectFile.Magic.Length..]));
        file.Write(writer.Written);
        Begin(ref writer);
        (_bytes, _length) = writer.Detach();
    }

    public void Write(ReadOnlySpan<T> records)
    {
        var writer = new RecordWriter(_pool, _bytes, _length);
        try
        {
            while (records.Length > 0)
            {
                var written = _codec.WriteSome(ref writer, records, ObjectFile.BlockLength);
                records = records[written..];
                _count += written;
                if (writer.Length >= ObjectFile.BlockLength)
                {
                    End(ref writer);
                }
            }
        }
        finally
        {
            (_bytes, _length) = writer.Detach();
        }
    }

    /// <summary>The last record has been written.</summary>
    public void Complete()
    {
        var writer = new RecordWriter(_pool, _bytes, _length);
        try
        {
            if (_count > 0)
            {
                End(ref writer);
            }

            writer.WriteInt64(_total);
            Close(ref writer);
        }
        finally
        {
            (_bytes, _length) = writer.Detach();
        }
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            _pool.Return(_bytes, 0);
            (_bytes, _length) = ([], 0);
        }
    }

    /// <summary>Leaves room for a block's header.</summary>
    private static void Begin(ref RecordWriter writer)
    {
        writer.Truncate(0);
        writer.WriteInt32(0);
        writer.WriteInt32(0);
    }

    private void End(ref RecordWriter writer)
    {
        writer.SetInt32(0, writer.Length - ObjectFile.BlockHeaderLength);
        writer.SetInt32(sizeof(int), _count);
        Close(ref writer);
        (_total, _count) = (_total + _count, 0);
        Begin(ref writer);
    }

    private void Close(ref RecordWriter writer)
    {
        writer.WriteInt32((int)ObjectFile.Checksum(writer.Written));
        _file.Write(writer.Written);
    }
}
