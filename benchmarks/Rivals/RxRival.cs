using System.Reactive.Linq;

namespace CodegenStreaming.Benchmarks.Rivals;

/// <summary>Rx: the batch as an observable sequence.</summary>
internal static class RxRival
{
    public static long Sum<T>(SumJob<T> job) => job.Records.ToObservable().Where(job.Keep).Select(job.Value).Sum().Wait();

    public static long SumByKey<T, TKey>(KeyedJob<T, TKey> job)
        where TKey : notnull => job.Records.ToObservable()
            .Where(job.Keep)
            .GroupBy(job.Key)
            .SelectMany(group => group.Sum(job.Value).Select(sum => job.Weight(group.Key, sum)))
            .Sum()
            .Wait();

    public static long CountWords(string[] lines, Func<string, int, long> weight) => lines.ToObservable()
        .SelectMany(line => line.Split(' '))
        .GroupBy(word => word)
        .SelectMany(group => group.Count().Select(count => weight(group.Key, count)))
        .Sum()
        .Wait();
}
