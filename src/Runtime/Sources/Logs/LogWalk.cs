namespace CodegenStreaming.Sources;

/// <summary>
/// Goes from block to block of a segment, by their headers. Reads them anew each time that it is made: what lies behind the last mark may have been cut off and written
/// again since.
/// </summary>
/// <param name="file">The segment.</param>
/// <param name="offset">Where a header begins.</param>
/// <param name="next">The number of the first record behind it.</param>
internal sealed class LogWalk(Stream file, long offset, long next)
{
    /// <summary>Many small blocks, or marks, are read at once.</summary>
    private const int ChunkLength = 4096;

    private readonly byte[] _chunk = new byte[ChunkLength];
    private readonly long _length = file.Length;
    private long _chunkStart;
    private int _chunkLength;

    /// <summary>Where the next header begins.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>The number of the next record.</summary>
    public long Next { get; private set; } = next;

    /// <summary>The header at <see cref="Offset"/>; false where no complete block stands there: at the end, or where the rest is torn.</summary>
    public bool TryRead(out LogBlockHeader header) =>
        LogFormat.TryReadBlockHeader(Peek(), out header) && header.First == Next && header.TotalLength <= _length - Offset;

    /// <summary>Goes behind the block of a header.</summary>
    public void Skip(LogBlockHeader header) => (Offset, Next) = (Offset + header.TotalLength, header.Next);

    /// <summary>Goes behind the last mark.</summary>
    public void SkipToLastMark()
    {
        var (offset, next) = (Offset, Next);
        while (TryRead(out var header))
        {
            Skip(header);
            if (header.IsMark)
            {
                (offset, next) = (Offset, Next);
            }
        }

        (Offset, Next) = (offset, next);
    }

    private ReadOnlySpan<byte> Peek()
    {
        if (Offset < _chunkStart || Offset + LogFormat.BlockHeaderLength > _chunkStart + _chunkLength)
        {
            file.Position = Offset;
            _chunkStart = Offset;
            _chunkLength = file.ReadAtLeast(_chunk, LogFormat.BlockHeaderLength, throwOnEndOfStream: false);
        }

        return _chunk.AsSpan((int)(Offset - _chunkStart), _chunkLength - (int)(Offset - _chunkStart));
    }
}
