using CodegenStreaming.Memory;

namespace CodegenStreaming.Codecs;

/// <summary>Reads records that were written with a schema, which may be an older one than the codec's. Immutable, hence thread-safe.</summary>
internal sealed class RecordDecoder<T>
{
    private readonly RecordCodec<T> _codec;
    private readonly RecordSchema _written;
    private readonly SchemaUpgrade? _upgrade;

    /// <param name="codec">Reads the records.</param>
    /// <param name="written">What they were written with.</param>
    /// <exception cref="IncompatibleSchemaException">The codec's records can't be made of such.</exception>
    public RecordDecoder(RecordCodec<T> codec, RecordSchema written)
    {
        (_codec, _written) = (codec, written);
        _upgrade = written.Equals(codec.Schema) ? null : SchemaUpgrade.Plan(written, codec.Schema);
    }

    /// <summary>Makes a block of so many records. Its memory is the pool's; text that the records hold is the collector's.</summary>
    /// <exception cref="CorruptRecordException">The bytes are others than such records.</exception>
    public ArrayBlock<T> Read(ReadOnlySpan<byte> bytes, int count, BlockPool pool)
    {
        if (count < 0 || (ulong)count * (uint)_written.MinimumSize > (uint)bytes.Length)
        {
            throw new CorruptRecordException($"{count} records are more than {bytes.Length} bytes can hold", 0);
        }

        if (_upgrade is null)
        {
            return ReadAll(bytes, count, pool);
        }

        var writer = new RecordWriter(pool, Math.Max(bytes.Length, 1));
        try
        {
            Convert(bytes, count, ref writer);
            return ReadAll(writer.Written, count, pool);
        }
        finally
        {
            writer.Dispose();
        }
    }

    private void Convert(ReadOnlySpan<byte> bytes, int count, ref RecordWriter writer)
    {
        var reader = new RecordReader(bytes);
        for (var index = 0; index < count; index++)
        {
            _upgrade!.Convert(ref reader, ref writer);
        }

        CheckEnd(reader);
    }

    private ArrayBlock<T> ReadAll(ReadOnlySpan<byte> bytes, int count, BlockPool pool)
    {
        var reader = new RecordReader(bytes);
        var block = RecordBlocks.Read(ref reader, _codec, count, pool);
        try
        {
            CheckEnd(reader);
            return block;
        }
        catch
        {
            block.Release();
            throw;
        }
    }

    private static void CheckEnd(RecordReader reader)
    {
        if (reader.Remaining > 0)
        {
            reader.Fail($"{reader.Remaining} bytes are left behind the records");
        }
    }
}
