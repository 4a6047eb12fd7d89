namespace CodegenStreaming.Execution.Storage;

/// <summary>For tests: makes kept partitions disappear at random when somebody is about to read them, as if a machine or a disk had failed. Thread-safe.</summary>
internal sealed class PartitionLosses(int seed, double probability)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    /// <summary>How many have disappeared.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the partition that is about to be read is lost.</summary>
    public bool Strikes()
    {
        lock (_lock)
        {
            var strikes = _random.NextDouble() < probability;
            Count += strikes ? 1 : 0;
            return strikes;
        }
    }
}
