using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Storage;

/// <summary>Takes one chunk of a partition that is read.</summary>
internal delegate void ChunkReader(ReadOnlySpan<byte> chunk, int records);

/// <summary>A partition in encoded form: chunks, each of which is decoded by itself. Written once by one thread, then read by any.</summary>
internal abstract class EncodedChunks : IDisposable
{
    private bool _disposed;

    /// <summary>All records.</summary>
    public int Records { get; private set; }

    /// <summary>All bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Encodes a partition.</summary>
    public void Write<T>(Block<T> block, BlockEncoding<T> encoding, BlockPool pool)
    {
        using var chunk = new ChunkBuffer(pool);
        if (block is Utf8TextBlock)
        {
            Write<T>(block.Read().ToArray(), encoding, chunk);
        }
        else
        {
            Write(block.Records, encoding, chunk);
        }

        Complete();
    }

    /// <summary>Takes over what another form has.</summary>
    public void CopyFrom(EncodedChunks other, BlockPool pool)
    {
        other.Read(pool, Take);
        Complete();
    }

    /// <summary>Decodes the partition.</summary>
    /// <returns>A block of the caller's.</returns>
    /// <exception cref="InvalidDataException">It is not as it was written.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public ArrayBlock<T> Decode<T>(BlockEncoding<T> encoding, BlockPool pool)
    {
        var records = pool.Rent<T>(Records);
        try
        {
            var next = 0;
            Read(pool, (chunk, count) =>
            {
                if (count > Records - next)
                {
                    throw new InvalidDataException($"There are more than the {Records} records that were written.");
                }

                encoding.Decode(chunk, records.AsSpan(next, count));
                next += count;
            });
            return next == Records
                ? new ArrayBlock<T>(records, Records, pool)
                : throw new InvalidDataException($"There are {next} records and not the {Records} that were written.");
        }
        catch
        {
            pool.Drop(records);
            throw;
        }
    }

    /// <summary>Hands over every chunk in its order.</summary>
    public abstract void Read(BlockPool pool, ChunkReader reader);

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Free();
        }
    }

    protected abstract void Add(ReadOnlySpan<byte> chunk, int records);

    /// <summary>The last chunk has been added.</summary>
    protected virtual void Complete()
    {
    }

    protected abstract void Free();

    private void Write<T>(ReadOnlySpan<T> records, BlockEncoding<T> encoding, ChunkBuffer chunk)
    {
        while (records.Length > 0)
        {
            chunk.Clear();
            var count = encoding.Encode(records, chunk);
            Take(chunk.Written, count);
            records = records[count..];
        }
    }

    private void Take(ReadOnlySpan<byte> chunk, int records)
    {
        Add(chunk, records);
        (Records, Length) = (Records + records, Length + chunk.Length);
    }
}

/// <summary>Encoded in ordinary memory. Its arrays are as long as the data, which a pool's are not.</summary>
internal sealed class HeapChunks : EncodedChunks
{
    private readonly List<(byte[] Bytes, int Records)> _chunks = [];

    public override void Read(BlockPool pool, ChunkReader reader)
    {
        foreach (var (bytes, records) in _chunks)
        {
            reader(bytes, records);
        }
    }

    protected override void Add(ReadOnlySpan<byte> chunk, int records) => _chunks.Add((chunk.ToArray(), records));

    protected override void Free() => _chunks.Clear();
}
