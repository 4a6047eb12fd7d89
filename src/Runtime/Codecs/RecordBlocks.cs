using CodegenStreaming.Memory;

namespace CodegenStreaming.Codecs;

/// <summary>Blocks as bytes: the number of records, then the records.</summary>
internal static class RecordBlocks
{
    /// <summary>Writes a block's records behind what the writer holds already.</summary>
    public static void Write<T>(ref RecordWriter writer, RecordCodec<T> codec, Block<T> block)
    {
        writer.WriteLength(block.Count);
        if (block is not Utf8TextBlock)
        {
            codec.WriteAll(ref writer, block.Records);
            return;
        }

        foreach (var record in block.Read())
        {
            codec.WriteAll(ref writer, [record]);
        }
    }

    /// <summary>Makes a block of what <see cref="Write"/> has written. Its memory is the pool's; text that its records hold is the collector's.</summary>
    /// <exception cref="CorruptRecordException">The bytes are no block of the codec's.</exception>
    public static ArrayBlock<T> Read<T>(ReadOnlySpan<byte> bytes, RecordCodec<T> codec, BlockPool pool)
    {
        var reader = new RecordReader(bytes);
        var block = Read(ref reader, codec, reader.ReadLength(codec.Schema.MinimumSize), pool);
        if (reader.Remaining > 0)
        {
            block.Release();
            reader.Fail($"{reader.Remaining} bytes are left behind the records");
        }

        return block;
    }

    /// <summary>Reads so many records, a number that the reader's rest has been found to be able to hold.</summary>
    public static ArrayBlock<T> Read<T>(ref RecordReader reader, RecordCodec<T> codec, int count, BlockPool pool)
    {
        var records = pool.Rent<T>(count);
        try
        {
            codec.ReadAll(ref reader, records.AsSpan(0, count));
            return new ArrayBlock<T>(records, count, pool);
        }
        catch
        {
            pool.Return(records, count);
            throw;
        }
    }
}
