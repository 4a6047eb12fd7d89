using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Reads a file of lines into blocks.</summary>
internal static class TextFile
{
    private const int ChunkLength = 64 * 1024;

    /// <summary>A large file gives several blocks; an empty one gives none. A UTF-8 byte order mark is skipped.</summary>
    public static FileBlocks<T> Read<T>(string path, Func<BlockPool, LineBuffer<T>> createBuffer, BlockPool pool, CancellationToken cancellation)
    {
        var chunk = pool.Rent<byte>(ChunkLength);
        var open = createBuffer(pool);
        var blocks = new FileBlocks<T>();
        var isWhole = false;
        using var lines = new LineSplitter(Array.MaxLength / 2, pool);
        try
        {
            using var file = Open(path);
            SkipByteOrderMark(file);
            while (file.Read(chunk) is > 0 and var read)
            {
                cancellation.ThrowIfCancellationRequested();
                lines.Append(chunk.AsSpan(0, read), open);
                if (open.IsFull)
                {
                    blocks.Add(open.ToBlock());
                }
            }

            lines.Complete(open);
            isWhole = true;
            return blocks;
        }
        finally
        {
            pool.Return(chunk, 0);
            if (open.Count > 0)
            {
                blocks.Add(open.ToBlock());
            }

            if (!isWhole)
            {
                blocks.Dispose();
            }
        }
    }

    /// <summary>Opens a file that others may still write to, or delete.</summary>
    public static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.SequentialScan);

    public static void SkipByteOrderMark(FileStream file)
    {
        Span<byte> mark = stackalloc byte[3];
        if (file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length || !mark.SequenceEqual("\uFEFF"u8))
        {
            file.Position = 0;
        }
    }
}
