using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Storage;

/// <summary>The partitions of one persisted data set, from <c>Persist</c> until <c>Unpersist</c> or the end of its batch or engine context. Thread-safe.</summary>
internal abstract class StoredData(StorageLevel level, BlockStore store)
{
    private volatile bool _isOver;

    public StorageLevel Level => level;

    public BlockStore Store => store;

    /// <summary>True when nothing is kept any more.</summary>
    public bool IsOver => _isOver;

    /// <summary>How many partitions the data set has; null before the first computation.</summary>
    public abstract int? PartitionCount { get; }

    /// <summary>How many of them are kept, and how many bytes they take in memory and on disk.</summary>
    public abstract (int Partitions, long MemoryBytes, long DiskBytes) Kept { get; }

    /// <summary>Gives up what is kept. Who reads it at the moment reads on.</summary>
    public void End()
    {
        _isOver = true;
        store.Remove(this);
        Clear();
    }

    protected abstract void Clear();
}

internal sealed class StoredData<T> : StoredData
{
    private readonly Lock _lock = new();
    private StoredPartition<T>[]? _partitions;

    public StoredData(StorageLevel level, BlockStore store, BlockEncoding<T>? encoding)
        : base(level, store)
    {
        Encoding = encoding;
        store.Add(this);
    }

    /// <summary>How partitions are encoded; null where the level needs none.</summary>
    public BlockEncoding<T>? Encoding { get; }

    public override int? PartitionCount => Partitions?.Length;

    public override (int Partitions, long MemoryBytes, long DiskBytes) Kept
    {
        get
        {
            var kept = (Partitions: 0, MemoryBytes: 0L, DiskBytes: 0L);
            foreach (var partition in Partitions ?? [])
            {
                kept.Partitions += partition.IsStored ? 1 : 0;
                kept.MemoryBytes += partition.MemoryBytes;
                kept.DiskBytes += partition.DiskBytes;
            }

            return kept;
        }
    }

    /// <summary>The places of the partitions; null before it is known how many there are.</summary>
    public StoredPartition<T>[]? Partitions
    {
        get
        {
            lock (_lock)
            {
                return _partitions;
            }
        }
    }

    /// <summary>The same when it is known; where it has changed since, what was kept is another data set's and given up.</summary>
    public StoredPartition<T>[] PartitionsOf(int count)
    {
        StoredPartition<T>[]? former = null;
        StoredPartition<T>[] partitions;
        lock (_lock)
        {
            if (_partitions?.Length != count)
            {
                former = _partitions;
                _partitions = new StoredPartition<T>[count];
                for (var index = 0; index < count; index++)
                {
                    _partitions[index] = new StoredPartition<T>(this);
                }
            }

            partitions = _partitions;
        }

        Array.ForEach(former ?? [], partition => partition.Drop());
        return partitions;
    }

    protected override void Clear() => Array.ForEach(Partitions ?? [], partition => partition.Drop());
}
