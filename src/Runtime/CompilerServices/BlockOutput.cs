using System.ComponentModel;
using System.Runtime.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>Collects a task's records into one pooled array.</summary>
/// <typeparam name="T">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BlockOutput<T> : RecordOutput<T>, ITaskMemory
{
    private readonly BlockPool _pool;
    private T[] _items;

    internal BlockOutput(BlockPool pool)
    {
        _pool = pool;
        _items = pool.Rent<T>(BlockPool.InitialCapacity);
    }

    /// <summary>The array in use; at most <see cref="Count"/> of its elements are records.</summary>
    public T[] Items => _items;

    /// <summary>How many records are in <see cref="Items"/>. A struct end keeps its own count and writes it back after each run.</summary>
    public int Count { get; set; }

    /// <summary>Replaces <see cref="Items"/> by a larger array that holds the first <paramref name="count"/> records.</summary>
    public T[] Grow(int count)
    {
        var larger = _pool.Rent<T>(checked(Math.Max(_items.Length * 2, BlockPool.InitialCapacity)));
        Array.Copy(_items, larger, count);
        _pool.Return(_items, count);
        Count = count;
        return _items = larger;
    }

    /// <summary>Room behind the records for so many more; <see cref="Count"/> is raised by what was written.</summary>
    public Span<T> Reserve(int count)
    {
        while (_items.Length - Count < count)
        {
            Grow(Count);
        }

        return _items.AsSpan(Count);
    }

    /// <inheritdoc/>
    public override void Write(T record)
    {
        if (Count == _items.Length)
        {
            Grow(Count);
        }

        _items[Count++] = record;
    }

    /// <summary>Hands the records over as a block, which now owns the array.</summary>
    internal ArrayBlock<T> ToBlock() => new(_items, Count, _pool);

    void ITaskMemory.Abandon() => _pool.Drop(_items);
}
