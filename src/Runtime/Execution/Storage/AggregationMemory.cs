using System.Collections.Concurrent;
using CodegenStreaming.Memory;
using CodegenStreaming.Observability;

namespace CodegenStreaming.Execution.Storage;

/// <summary>
/// The bound on what aggregations hold before their results are made: one half is for the tables of the tasks that run, the other for what finished tasks
/// have combined and others are to merge. What is beyond it goes to files. Thread-safe.
/// </summary>
internal sealed class AggregationMemory(long maximumBytes, int taskThreads, BlockStore store)
{
    /// <summary>Parts of the bound that are not counted.</summary>
    private const int Few = 4096;

    private readonly ConcurrentDictionary<(string Operator, Type Record), bool> _warned = new();
    private long _held;
    private long _spills;

    /// <summary>What the table of one task may occupy.</summary>
    public long TableBytes { get; } = Math.Max(1, maximumBytes / 2 / taskThreads);

    /// <summary>Bytes that finished tasks hold.</summary>
    public long Held => Interlocked.Read(ref _held);

    public BlockStore Store => store;

    /// <summary>How many files have been written.</summary>
    public long Spills => Interlocked.Read(ref _spills);

    /// <summary>Notes what a finished task holds; false where it is too much.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="held">To be released when it is held no longer; null where it is next to nothing.</param>
    public bool TryHold(long bytes, out HeldMemory? held)
    {
        held = null;
        if (bytes < maximumBytes / Few)
        {
            return true;
        }

        if (Interlocked.Add(ref _held, bytes) > maximumBytes / 2)
        {
            Free(bytes);
            return false;
        }

        held = new HeldMemory(this, bytes);
        return true;
    }

    public void Free(long bytes) => Interlocked.Add(ref _held, -bytes);

    public void CountSpill() => Interlocked.Increment(ref _spills);

    /// <summary>An aggregation is over the bound and must stay there: said once.</summary>
    public void WarnOfNoCodec(string operatorName, Type record)
    {
        if (_warned.TryAdd((operatorName, record), true))
        {
            store.Logger.AggregationNotSpilled(operatorName, record);
        }
    }
}

/// <summary>What one task takes of the bound on aggregations, until it is released or the task's stage fails.</summary>
internal sealed class HeldMemory(AggregationMemory memory, long bytes) : ITaskMemory
{
    private long _bytes = bytes;

    public void Release() => memory.Free(Interlocked.Exchange(ref _bytes, 0));

    public void Abandon() => Release();
}
