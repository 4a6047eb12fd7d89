using ZLinq;

namespace CodegenStreaming.Benchmarks.Rivals;

/// <summary>ZLinq: LINQ over structs, with the same calls.</summary>
internal static class ZLinqRival
{
    public static long Sum<T>(SumJob<T> job) => job.Records.AsValueEnumerable().Where(job.Keep).Select(job.Value).Sum();

    public static long SumByKey<T, TKey>(KeyedJob<T, TKey> job)
        where TKey : notnull => job.Records.AsValueEnumerable()
            .Where(job.Keep)
            .AggregateBy(job.Key, 0L, (sum, record) => sum + job.Value(record))
            .Select(sum => job.Weight(sum.Key, sum.Value))
            .Sum();

    public static long CountWords(string[] lines, Func<string, int, long> weight) => lines.AsValueEnumerable()
        .SelectMany(line => line.Split(' '))
        .CountBy(word => word)
        .Select(count => weight(count.Key, count.Value))
        .Sum();
}
