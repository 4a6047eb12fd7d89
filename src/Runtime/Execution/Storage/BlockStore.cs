using CodegenStreaming.Memory;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Execution.Storage;

/// <summary>
/// Where the partitions of persisted data sets lie: bounded memory, of which those give up that were not used for the longest time, and files.
/// Thread-safe. Of locks a partition's own comes before this one's.
/// </summary>
internal sealed class BlockStore(long maximumBytes, string? localDirectory, BlockPool pool, ILogger logger) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<StoredPartition> _inMemory = [];
    private readonly HashSet<StoredData> _data = [];
    private readonly LocalDirectory _files = new(localDirectory);
    private long _used;
    private long _uses;

    public BlockPool Pool => pool;

    public ILogger Logger => logger;

    public LocalDirectory Files => _files;

    public long MaximumBytes => maximumBytes;

    /// <summary>For tests: makes partitions disappear while they are in use.</summary>
    public PartitionLosses? Losses { get; set; }

    /// <summary>Bytes of persisted data in memory.</summary>
    public long Used
    {
        get
        {
            lock (_lock)
            {
                return _used;
            }
        }
    }

    /// <summary>A number larger than all before: when something was used.</summary>
    public long NextUse() => Interlocked.Increment(ref _uses);

    public void Add(StoredData data)
    {
        lock (_lock)
        {
            _data.Add(data);
        }
    }

    public void Remove(StoredData data)
    {
        lock (_lock)
        {
            _data.Remove(data);
        }
    }

    /// <summary>
    /// Makes room for a partition, if need be by putting others out of memory: none that is in use and none of the same data set, which would be needed
    /// next. False where there cannot be enough.
    /// </summary>
    public bool TryReserve(StoredPartition partition, long bytes)
    {
        if (TryTake(partition, bytes))
        {
            return true;
        }

        foreach (var candidate in Candidates(partition, bytes))
        {
            if (candidate.TryEvict() && TryTake(partition, bytes))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A partition has left memory.</summary>
    public void Free(StoredPartition partition, long bytes)
    {
        lock (_lock)
        {
            _used -= bytes;
            _inMemory.Remove(partition);
        }
    }

    /// <summary>Gives up everything, files too.</summary>
    public void Dispose()
    {
        StoredData[] all;
        lock (_lock)
        {
            all = [.. _data];
        }

        foreach (var data in all)
        {
            data.End();
        }

        _files.Dispose();
    }

    private bool TryTake(StoredPartition partition, long bytes)
    {
        lock (_lock)
        {
            if (bytes > maximumBytes - _used)
            {
                return false;
            }

            _used += bytes;
            _inMemory.Add(partition);
            return true;
        }
    }

    /// <summary>What may go, the longest unused first; nothing where all of it together would not be enough.</summary>
    private StoredPartition[] Candidates(StoredPartition partition, long bytes)
    {
        lock (_lock)
        {
            var candidates = _inMemory.Where(other => other.Data != partition.Data && !other.IsPinned).OrderBy(other => other.LastUse).ToArray();
            return bytes - (maximumBytes - _used) > candidates.Sum(candidate => candidate.MemoryBytes) ? [] : candidates;
        }
    }
}
