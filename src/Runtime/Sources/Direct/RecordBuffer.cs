using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Makes blocks of records that come one by one, so that loops run over arrays.</summary>
internal static class RecordBuffer
{
    /// <summary>Small enough for a core's cache, large enough that a loop's entry is nothing.</summary>
    public const int Length = 4096;

    /// <summary>The records in blocks of pooled memory, each the caller's to release.</summary>
    /// <param name="records">Enumerated once, a block ahead of who reads the blocks.</param>
    /// <param name="expected">How many records there are; null where that is not known.</param>
    /// <param name="pool">Where memory comes from.</param>
    /// <param name="cancellation">Looked at for each block.</param>
    public static IEnumerable<Block<T>> Fill<T>(IEnumerable<T> records, long? expected, BlockPool pool, CancellationToken cancellation)
    {
        var length = (int)Math.Clamp(expected ?? Length, 1, Length);
        using var next = records.GetEnumerator();
        while (Fill(next, length, pool) is { } block)
        {
            yield return block;
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static ArrayBlock<T>? Fill<T>(IEnumerator<T> next, int length, BlockPool pool)
    {
        var items = pool.Rent<T>(length);
        var count = 0;
        try
        {
            while (count < length && next.MoveNext())
            {
                items[count++] = next.Current;
            }
        }
        catch
        {
            pool.Return(items, count);
            throw;
        }

        if (count > 0)
        {
            return new ArrayBlock<T>(items, count, pool);
        }

        pool.Return(items, 0);
        return null;
    }
}
