using System.Diagnostics;

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

    /// <summary>True for a block whose records do not lie in memory as rows of one array: they are better read piece by piece.</summary>
    public virtual bool IsInPieces => false;

    /// <summary>The pieces of such a block, one after another; each is valid until the next one is asked for. To be enumerated once.</summary>
    public virtual IEnumerable<Block<T>> ReadPieces() => [this];

    /// <summary>The records one by one, for unfused operators.</summary>
    public abstract IEnumerable<T> Read();

    /// <summary>Keeps the block for one more owner.</summary>
    public void Retain()
    {
        var references = Interlocked.Increment(ref _references);
        Debug.Assert(references > 1, "A block was retained after its last release.");
    }

    /// <summary>The same where nobody may hold it any more; false then.</summary>
    public bool TryRetain()
    {
        for (var references = Volatile.Read(ref _references); references > 0;)
        {
            var before = Interlocked.CompareExchange(ref _references, references + 1, references);
            if (before == references)
            {
                return true;
            }

            references = before;
        }

        return false;
    }

    /// <summary>Gives up one ownership; the last one returns the memory.</summary>
    public void Release()
    {
        var references = Interlocked.Decrement(ref _references);
        Debug.Assert(references >= 0, "A block was released more often than it was retained.");
        if (references == 0)
        {
            Free();
        }
    }

    private protected abstract void Free();
}
