namespace CodegenStreaming.Memory;

/// <summary>Records of one partition in memory, owned by whoever holds the last reference. Immutable once sealed.</summary>
internal abstract class Block<T>
{
    private int _references = 1;

    /// <summary>The number of records.</summary>
    public abstract int Count { get; }

    /// <summary>The records as rows. A text block has no rows: its layout is asked by its type.</summary>
    public abstract ReadOnlySpan<T> Records { get; }

    /// <summary>What the block occupies, for the bound on pending data.</summary>
    public abstract long ByteSize { get; }

    /// <summary>The records one by one, for unfused operators.</summary>
    public abstract IEnumerable<T> Read();

    /// <summary>Keeps the block for one more owner.</summary>
    public void Retain() => Interlocked.Increment(ref _references);

    /// <summary>Gives up one ownership; the last one returns the memory.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            Free();
        }
    }

    private protected abstract void Free();
}
