namespace CodegenStreaming;

/// <summary>How much a batch takes of a source that is read in ranges.</summary>
public class DirectStreamOptions
{
    /// <summary>
    /// The most records of one batch, from one; null (the default) for no limit. Partitions with few records are served first, the others share the rest evenly, and each gets
    /// at least one record, so that none is starved: with more partitions than records the limit is one for each.
    /// </summary>
    public long? MaxRecordsPerBatch { get; set; }

    /// <summary>
    /// The most records of each partition for each second of the batch interval, above zero; null (the default) for no limit. At least one record of each partition is
    /// taken.
    /// </summary>
    public double? MaxRatePerPartition { get; set; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRecordsPerBatch ?? 1, 1, nameof(MaxRecordsPerBatch));
        if (MaxRatePerPartition is <= 0 or double.NaN)
        {
            throw new ArgumentOutOfRangeException(nameof(MaxRatePerPartition), MaxRatePerPartition, "The rate must be above zero.");
        }
    }
}
