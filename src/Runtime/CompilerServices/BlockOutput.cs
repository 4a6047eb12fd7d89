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
    public T[] Grow(int count) => Grow(count, checked(Math.Max(_items.Length * 2, BlockPool.InitialCapacity)));

    /// <summary>Room behind the records for so many more; <see cref="Count"/> is raised by what was written.</summary>
    public Span<T> Reserve(int count)
    {
        var needed = checked(Count + count);
        if (_items.Length < needed)
        {
            Grow(Count, Math.Max(needed, (int)Math.Min(2L * _items.Length, Array.MaxLength)));
        }

        return _items.AsSpan(Count);
    }

    private T[] Grow(int count, int length)
    {
        var larger = _pool.Rent<T>(length);
        Array.Copy(_items, larger, count);
        _pool.Return(_items, count);
        Count = count;
        return _items = larger;
    }

    /// <summary>What a first run wrote tells what the others will: an array that grows once is copied once.</summary>
    internal override void Expect(int read, int all)
    {
        var expected = (long)Count * all / read;
        if (expected > _items.Length)
        {
            // A little more, since the rest is seldom just like the beginning.
            Grow(Count, (int)Math.Min(expected + (expected / 16), Array.MaxLength));
        }
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
