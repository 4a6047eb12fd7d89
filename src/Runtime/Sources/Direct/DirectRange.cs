namespace CodegenStreaming;

/// <summary>A stretch of one partition of a source: what one task of a batch reads, now and whenever it has to be read again. Immutable.</summary>
/// <param name="Partition">The partition's name; unique in its source, and the same for ever.</param>
/// <param name="From">Where it begins: the position of its first record.</param>
/// <param name="Until">Where it ends, and the partition's next range begins. Equal to <paramref name="From"/> for a range without records.</param>
/// <param name="Count">The number of its records; null where it is not known before they are read. A read that gives another number fails.</param>
/// <typeparam name="TPosition">The type of positions; its <c>Equals</c> tells them apart.</typeparam>
public sealed record DirectRange<TPosition>(string Partition, TPosition From, TPosition Until, long? Count = null)
{
    /// <summary>True where nothing lies between its ends.</summary>
    public bool IsEmpty => EqualityComparer<TPosition>.Default.Equals(From, Until);
}
