namespace CodegenStreaming;

/// <summary>Actions of pairs.</summary>
public static class RddPairActionsExtensions
{
    /// <summary>The number of pairs of each key, on the driver.</summary>
    /// <param name="source">Pairs.</param>
    public static IReadOnlyDictionary<TKey, long> CountByKey<TKey, TValue>(this Rdd<(TKey, TValue)> source)
        where TKey : notnull =>
        source.Keys().CountByValue().ToDictionary(pair => pair.Value, pair => pair.Count);

    /// <summary>All pairs as a dictionary, on the driver. Of a key's values the last one counts.</summary>
    /// <param name="source">Pairs.</param>
    public static IReadOnlyDictionary<TKey, TValue> CollectAsMap<TKey, TValue>(this Rdd<(TKey, TValue)> source)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(source);
        var map = new Dictionary<TKey, TValue>();
        foreach (var (key, value) in source.Collect())
        {
            map[key] = value;
        }

        return map;
    }

    /// <summary>The values of a key, in their order. Looks into one partition only where the pairs are partitioned by key.</summary>
    /// <param name="source">Pairs.</param>
    /// <param name="key">The key.</param>
    public static IReadOnlyList<TValue> Lookup<TKey, TValue>(this Rdd<(TKey, TValue)> source, TKey key)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.CollectPartitionOf("Lookup", key) is { } partition)
        {
            return [.. partition.Where(pair => EqualityComparer<TKey>.Default.Equals(pair.Item1, key)).Select(pair => pair.Item2)];
        }

        return source.Filter(pair => EqualityComparer<TKey>.Default.Equals(pair.Item1, key)).Values().Collect();
    }
}
