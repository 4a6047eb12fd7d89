using System.Runtime.CompilerServices;

namespace CodegenStreaming.Memory;

/// <summary>A block of rows in a pooled array, or in an array of the user's (no pool).</summary>
internal sealed class ArrayBlock<T>(T[] items, int count, BlockPool? pool) : Block<T>, ITaskMemory
{
    private T[]? _items = items;

    public override int Count => count;

    public override ReadOnlySpan<T> Records => Items.AsSpan(0, count);

    /// <summary>The same as room to write to, for the task that makes the block.</summary>
    public Span<T> Room => Items.AsSpan(0, count);

    public override long ByteSize => (long)count * Unsafe.SizeOf<T>();

    private T[] Items => _items ?? throw new ObjectDisposedException(nameof(Block<T>), "The block's batch is over and its memory went back to the pool.");

    public override IEnumerable<T> Read()
    {
        for (var index = 0; index < count; index++)
        {
            yield return Items[index];
        }
    }

    void ITaskMemory.Abandon()
    {
        if (Interlocked.Exchange(ref _items, null) is { } items)
        {
            pool?.Drop(items);
        }
    }

    private protected override void Free()
    {
        if (Interlocked.Exchange(ref _items, null) is { } items)
        {
            pool?.Return(items, count);
        }
    }
}
