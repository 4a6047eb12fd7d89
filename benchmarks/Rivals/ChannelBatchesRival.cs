using System.Threading.Channels;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Rivals;

/// <summary>
/// A bounded channel of arrays with the loop by hand behind it: the service that a good engineer writes, and so the one to beat. The arrays lie ready, as
/// a receiver would have filled them; the producer has a thread of its own.
/// </summary>
internal static class ChannelBatchesRival
{
    private const int ArrayLength = 16 * 1024;

    /// <summary>A sum over arrays of a batch.</summary>
    public static Contender Create<T>(T[] records, Func<ReadOnlySpan<T>, long> loop)
    {
        var arrays = new Lazy<T[][]>(() => [.. records.Chunk(ArrayLength)]);
        return Create(() => arrays.Value, new Total<T[]>(array => loop(array)));
    }

    /// <summary>Arrays of a batch that are added to something, whose checksum is asked for at the end.</summary>
    public static Contender Create<T>(T[] records, Action<ReadOnlySpan<T>> add, Func<long> complete)
    {
        var arrays = new Lazy<T[][]>(() => [.. records.Chunk(ArrayLength)]);
        return new Contender(ContenderNames.ChannelBatches, () =>
        {
            ReadAllAsync(arrays.Value, array => add(array)).GetAwaiter().GetResult();
            return complete();
        });
    }

    /// <summary>Ranges of a batch that is not an array.</summary>
    public static Contender Create(IReadOnlyList<Range> ranges, Action<Range> add, Func<long> complete) =>
        new(ContenderNames.ChannelBatches, () =>
        {
            ReadAllAsync(ranges, add).GetAwaiter().GetResult();
            return complete();
        });

    private static Contender Create<TBatch>(Func<IReadOnlyList<TBatch>> batches, Total<TBatch> total) =>
        new(ContenderNames.ChannelBatches, () =>
        {
            total.Value = 0;
            ReadAllAsync(batches(), total.Add).GetAwaiter().GetResult();
            return total.Value;
        });

    private static async Task ReadAllAsync<TBatch>(IReadOnlyList<TBatch> batches, Action<TBatch> consume)
    {
        var channel = Channel.CreateBounded<TBatch>(new BoundedChannelOptions(16) { SingleReader = true, SingleWriter = true });
        var producer = Task.Run(async () =>
        {
            foreach (var batch in batches)
            {
                await channel.Writer.WriteAsync(batch).ConfigureAwait(false);
            }

            channel.Writer.Complete();
        });
        while (await channel.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (channel.Reader.TryRead(out var batch))
            {
                consume(batch);
            }
        }

        await producer.ConfigureAwait(false);
    }

    private sealed class Total<TBatch>(Func<TBatch, long> loop)
    {
        public long Value { get; set; }

        public void Add(TBatch batch) => Value += loop(batch);
    }
}
