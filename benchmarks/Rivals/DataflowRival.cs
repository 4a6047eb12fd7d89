using System.Runtime.InteropServices;
using System.Threading.Tasks.Dataflow;

namespace CodegenStreaming.Benchmarks.Rivals;

/// <summary>TPL Dataflow: a block for each operator, bounded, linked with completion.</summary>
internal static class DataflowRival
{
    private static readonly DataflowLinkOptions Propagate = new() { PropagateCompletion = true };
    private static readonly DataflowBlockOptions Bounded = new() { BoundedCapacity = 10_000 };
    private static readonly ExecutionDataflowBlockOptions BoundedStep = new() { BoundedCapacity = 10_000, SingleProducerConstrained = true };

    public static async Task<long> SumAsync<T>(SumJob<T> job)
    {
        var total = 0L;
        var map = new TransformBlock<T, long>(job.Value, BoundedStep);
        var sum = new ActionBlock<long>(value => total += value, BoundedStep);
        map.LinkTo(sum, Propagate);
        await SendAsync(job.Records, job.Keep, map).ConfigureAwait(false);
        await sum.Completion.ConfigureAwait(false);
        return total;
    }

    public static async Task<long> SumByKeyAsync<T, TKey>(KeyedJob<T, TKey> job)
        where TKey : notnull
    {
        var sums = new Dictionary<TKey, long>();
        var add = new ActionBlock<T>(record => job.AddTo(sums, record), BoundedStep);
        await SendAsync(job.Records, job.Keep, add).ConfigureAwait(false);
        await add.Completion.ConfigureAwait(false);
        return job.Checksum(sums);
    }

    public static async Task<long> CountWordsAsync(string[] lines, Func<string, int, long> weight)
    {
        var counts = new Dictionary<string, int>();
        var split = new TransformManyBlock<string, string>(line => line.Split(' '), BoundedStep);
        var count = new ActionBlock<string>(word => CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++, BoundedStep);
        split.LinkTo(count, Propagate);
        foreach (var line in lines)
        {
            await split.SendAsync(line).ConfigureAwait(false);
        }

        split.Complete();
        await count.Completion.ConfigureAwait(false);
        return counts.Sum(word => weight(word.Key, word.Value));
    }

    /// <summary>A filter is the condition of a link; what it does not let pass goes to the null target, by a condition too: a record that a full block postpones is offered on.</summary>
    private static async Task SendAsync<T>(T[] records, Func<T, bool> keep, ITargetBlock<T> target)
    {
        var source = new BufferBlock<T>(Bounded);
        source.LinkTo(target, Propagate, new Predicate<T>(keep));
        source.LinkTo(DataflowBlock.NullTarget<T>(), record => !keep(record));
        foreach (var record in records)
        {
            await source.SendAsync(record).ConfigureAwait(false);
        }

        source.Complete();
    }
}
