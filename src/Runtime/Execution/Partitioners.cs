using CodegenStreaming.Execution;

namespace CodegenStreaming;

/// <summary>
/// Decides which partition a key belongs to. Called from several tasks at once; must give the same answer for equal keys. Partitioners that are equal
/// decide alike: data sets partitioned by equal ones are joined without an exchange.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
public interface IPartitioner<in TKey>
{
    /// <summary>The number of partitions, at least one.</summary>
    int PartitionCount { get; }

    /// <summary>The partition of a key, from zero to <see cref="PartitionCount"/> - 1.</summary>
    int PartitionOf(TKey key);
}

/// <summary>Spreads keys by their partition hash, which is the same in every process and version.</summary>
/// <typeparam name="TKey">The key.</typeparam>
public sealed class HashPartitioner<TKey> : IPartitioner<TKey>
{
    /// <summary>Makes a partitioner.</summary>
    /// <param name="partitionCount">The number of partitions, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than one.</exception>
    public HashPartitioner(int partitionCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(partitionCount, 1);
        PartitionCount = partitionCount;
    }

    /// <inheritdoc/>
    public int PartitionCount { get; }

    /// <summary>Two partitioners by hash are equal when they have the same number of partitions.</summary>
    public override bool Equals(object? obj) => obj is HashPartitioner<TKey> other && other.PartitionCount == PartitionCount;

    /// <inheritdoc/>
    public override int GetHashCode() => PartitionCount;

    /// <inheritdoc/>
    public int PartitionOf(TKey key) => (int)(((ulong)PartitionHash.Of(key) * (ulong)PartitionCount) >> 32);
}
