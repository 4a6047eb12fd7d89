using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Rows in a pooled array that grows. Not thread-safe.</summary>
internal sealed class RowBuffer<T>(BlockPool pool)
{
    private T[]? _items;
    private int _expected = BlockPool.InitialCapacity;

    public int Count { get; private set; }

    public void Add(T record)
    {
        Ensure(1);
        _items![Count++] = record;
    }

    public void Add(ReadOnlySpan<T> records)
    {
        Ensure(records.Length);
        records.CopyTo(_items.AsSpan(Count));
        Count += records.Length;
    }

    /// <summary>Hands the rows over as a block, which now owns the array.</summary>
    public Block<T> ToBlock()
    {
        var block = new ArrayBlock<T>(_items!, Count, pool);
        _expected = Math.Max(Count, BlockPool.InitialCapacity); // The next block will be about as large.
        (_items, Count) = (null, 0);
        return block;
    }

    private void Ensure(int more)
    {
        if (_items is null)
        {
            _items = pool.Rent<T>(Math.Max(_expected, more));
        }
        else if (_items.Length - Count < more)
        {
            var larger = pool.Rent<T>(checked(Math.Max(_items.Length * 2, Count + more)));
            Array.Copy(_items, larger, Count);
            pool.Return(_items, Count);
            _items = larger;
        }
    }
}
