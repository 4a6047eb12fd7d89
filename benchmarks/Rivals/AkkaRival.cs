using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace CodegenStreaming.Benchmarks.Rivals;

/// <summary>Akka.Streams: a graph that its materializer fuses into one actor.</summary>
internal static class AkkaRival
{
    private static readonly Lazy<ActorMaterializer> Materializer = new(() => ActorSystem.Create("benchmarks", "akka.loglevel = WARNING").Materializer());

    public static Task<long> SumAsync<T>(SumJob<T> job) => Source.From(job.Records)
        .Where(record => job.Keep(record))
        .Select(record => job.Value(record))
        .RunAggregate(0L, (sum, value) => sum + value, Materializer.Value);

    public static async Task<long> SumByKeyAsync<T, TKey>(KeyedJob<T, TKey> job)
        where TKey : notnull
    {
        var sums = await Source.From(job.Records)
            .Where(record => job.Keep(record))
            .RunAggregate(
                new Dictionary<TKey, long>(),
                (all, record) =>
                {
                    job.AddTo(all, record);
                    return all;
                },
                Materializer.Value)
            .ConfigureAwait(false);
        return job.Checksum(sums);
    }

    public static async Task<long> CountWordsAsync(string[] lines, Func<string, int, long> weight)
    {
        var counts = await Source.From(lines)
            .SelectMany(line => line.Split(' '))
            .RunAggregate(
                new Dictionary<string, int>(),
                (all, word) =>
                {
                    all[word] = all.GetValueOrDefault(word) + 1;
                    return all;
                },
                Materializer.Value)
            .ConfigureAwait(false);
        return counts.Sum(count => weight(count.Key, count.Value));
    }
}
