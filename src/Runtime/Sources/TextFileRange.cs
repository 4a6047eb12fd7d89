using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Reads a range of a text file as blocks that come one after another, so that no more than one of them need lie in memory.</summary>
internal static class TextFileRange
{
    /// <summary>Small enough for a processor's cache, large enough that a block's own cost is nothing beside its lines.</summary>
    private const int BlockLength = 1024 * 1024;

    private const int ChunkLength = 64 * 1024;

    /// <summary>The blocks, each of which is the caller's to release. A UTF-8 byte order mark is skipped.</summary>
    /// <param name="file">The file; closed at the end, or when the caller gives up.</param>
    /// <param name="range">The range.</param>
    /// <param name="createBuffer">What kind of record a line becomes.</param>
    /// <param name="pool">Where memory comes from.</param>
    /// <param name="cancellation">Tested at each chunk.</param>
    public static IEnumerable<Block<T>> Read<T>(
        FileStream file, FileRange range, Func<BlockPool, LineBuffer<T>> createBuffer, BlockPool pool, CancellationToken cancellation)
    {
        var chunk = pool.Rent<byte>(ChunkLength);
        var open = createBuffer(pool);
        using var lines = new LineSplitter(Array.MaxLength / 2, pool);
        try
        {
            var position = FindFirstLine(file, range.Start, chunk);
            var length = 0;
            var isEmpty = range.Start > 0 && position >= range.End;
            while (!isEmpty)
            {
                cancellation.ThrowIfCancellationRequested();
                var read = file.Read(chunk);
                if (read == 0)
                {
                    lines.Complete(open);
                    break;
                }

                read = UpToEnd(chunk.AsSpan(0, read), range.End - position, out var isLast);
                lines.Append(chunk.AsSpan(0, read), open);
                if (isLast)
                {
                    break;
                }

                position += read;
                length += read;
                if (length >= BlockLength && open.Count > 0)
                {
                    length = 0;
                    yield return open.ToBlock();
                }
            }

            if (open.Count > 0)
            {
                yield return open.ToBlock();
            }
        }
        finally
        {
            pool.Return(chunk, 0);
            if (open.Count > 0)
            {
                open.ToBlock().Release();
            }

            file.Dispose();
        }
    }

    /// <summary>Goes to the first line that begins in a range: behind the first newline from the byte before the range on.</summary>
    private static long FindFirstLine(FileStream file, long start, byte[] chunk)
    {
        if (start == 0)
        {
            TextFile.SkipByteOrderMark(file);
            return file.Position;
        }

        file.Position = start - 1;
        while (file.Read(chunk) is > 0 and var read)
        {
            var newline = chunk.AsSpan(0, read).IndexOf(Utf8TextBlock.LineEnd);
            if (newline >= 0)
            {
                return file.Position += newline + 1 - read;
            }
        }

        return file.Position;
    }

    /// <summary>How much of a chunk belongs to a range that ends so many bytes behind the chunk's first: up to the newline of the line with the range's last byte.</summary>
    private static int UpToEnd(ReadOnlySpan<byte> chunk, long rest, out bool isLast)
    {
        isLast = false;
        if (chunk.Length < rest)
        {
            return chunk.Length;
        }

        var from = (int)Math.Max(0, rest - 1);
        var newline = chunk[from..].IndexOf(Utf8TextBlock.LineEnd);
        isLast = newline >= 0;
        return isLast ? from + newline + 1 : chunk.Length;
    }
}
