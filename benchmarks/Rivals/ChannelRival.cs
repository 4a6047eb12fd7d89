using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace CodegenStreaming.Benchmarks.Rivals;

/// <summary>A bounded channel, record by record, with the loop by hand behind it. The producer has a thread of its own.</summary>
internal static class ChannelRival
{
    public static async Task<long> SumAsync<T>(SumJob<T> job)
    {
        var sum = 0L;
        await ReadAllAsync(job.Records, record =>
        {
            if (job.Keep(record))
            {
                sum += job.Value(record);
            }
        }).ConfigureAwait(false);
        return sum;
    }

    public static async Task<long> SumByKeyAsync<T, TKey>(KeyedJob<T, TKey> job)
        where TKey : notnull
    {
        var sums = new Dictionary<TKey, long>();
        await ReadAllAsync(job.Records, record =>
        {
            if (job.Keep(record))
            {
                job.AddTo(sums, record);
            }
        }).ConfigureAwait(false);
        return job.Checksum(sums);
    }

    public static async Task<long> CountWordsAsync(string[] lines, Func<string, int, long> weight)
    {
        var counts = new Dictionary<string, int>();
        await ReadAllAsync(lines, line =>
        {
            foreach (var word in line.Split(' '))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++;
            }
        }).ConfigureAwait(false);
        return counts.Sum(word => weight(word.Key, word.Value));
    }

    private static async Task ReadAllAsync<T>(T[] records, Action<T> consume)
    {
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(10_000) { SingleReader = true, SingleWriter = true });
        var producer = Task.Run(async () =>
        {
            foreach (var record in records)
            {
                await channel.Writer.WriteAsync(record).ConfigureAwait(false);
            }

            channel.Writer.Complete();
        });
        while (await channel.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (channel.Reader.TryRead(out var record))
            {
                consume(record);
            }
        }

        await producer.ConfigureAwait(false);
    }
}
