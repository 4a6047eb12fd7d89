namespace CodegenStreaming.Sources;

/// <summary>How many records of each partition a batch takes.</summary>
internal sealed class DirectLimits
{
    private readonly long _perBatch;
    private readonly long _perPartition;

    public DirectLimits(DirectStreamOptions options, TimeSpan batchInterval)
    {
        _perBatch = options.MaxRecordsPerBatch ?? long.MaxValue;
        _perPartition = options.MaxRatePerPartition is { } rate ? (long)Math.Clamp(rate * batchInterval.TotalSeconds, 1, long.MaxValue) : long.MaxValue;
    }

    /// <summary>True where everything is taken.</summary>
    public bool AreNone => _perBatch == long.MaxValue && _perPartition == long.MaxValue;

    /// <summary>
    /// What each partition gives, at least one record: the smallest give all they have, and what they leave of their equal shares is divided among the others.
    /// </summary>
    /// <param name="available">What each has; null where that is not known, which counts as very much.</param>
    public long[] Share(IReadOnlyList<long?> available)
    {
        var shares = new long[available.Count];
        for (var index = 0; index < shares.Length; index++)
        {
            shares[index] = Math.Min(available[index] ?? long.MaxValue, _perPartition);
        }

        var left = _perBatch;
        var waiting = shares.Length;
        foreach (var index in Enumerable.Range(0, shares.Length).OrderBy(index => shares[index]))
        {
            shares[index] = Math.Min(shares[index], Math.Max(1, left / waiting));
            left = Math.Max(0, left - shares[index]);
            waiting--;
        }

        return shares;
    }
}
