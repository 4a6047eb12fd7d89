using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Reads a range of a text file as blocks that come one after another, so that no more than one of them need lie in memory.</summary>
internal static class TextFileRange
{
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
        using var _ = file;
        var position = FindFirstLine(file, range.Start, pool);
        if (range.Start > 0 && position >= range.End)
        {
            yield break;
        }

        using var lines = createBuffer(pool).ToReader(pool);
        var isLast = false;
        while (!isLast)
        {
            cancellation.ThrowIfCancellationRequested();
            isLast = ReadInto(lines, file, range.End, ref position);
            if (isLast ? lines.HasLines : lines.IsFull)
            {
                yield return lines.ToBlock();
            }
        }
    }

    /// <summary>Reads what there is room for; true where that was the range's last.</summary>
    private static bool ReadInto<T>(LineReader<T> lines, FileStream file, long end, ref long position)
    {
        var room = lines.Room;
        var read = file.Read(room);
        if (read == 0)
        {
            lines.Complete();
            return true;
        }

        read = UpToEnd(room[..read], end - position, out var isLast);
        lines.Take(read);
        position += read;
        return isLast;
    }

    /// <summary>Goes to the first line that begins in a range: behind the first newline from the byte before the range on.</summary>
    private static long FindFirstLine(FileStream file, long start, BlockPool pool)
    {
        if (start == 0)
        {
            TextFile.SkipByteOrderMark(file);
            return file.Position;
        }

        var chunk = pool.Rent<byte>(ChunkLength);
        try
        {
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
        finally
        {
            pool.Return(chunk, 0);
        }
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
