using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Rivals;

/// <summary>A filter, a map and a sum, for the libraries that take functions.</summary>
/// <param name="Records">The batch.</param>
/// <param name="Keep">The filter.</param>
/// <param name="Value">The map.</param>
/// <param name="Loop">All of it over a run of records, written by hand.</param>
internal sealed record SumJob<T>(T[] Records, Func<T, bool> Keep, Func<T, long> Value, Func<ReadOnlySpan<T>, long> Loop)
{
    /// <summary>Every library that the job fits.</summary>
    public IReadOnlyList<Contender> CreateContenders() =>
    [
        new Contender(ContenderNames.ZLinq, () => ZLinqRival.Sum(this)),
        new Contender(ContenderNames.Rx, () => RxRival.Sum(this)),
        new Contender(ContenderNames.Dataflow, () => DataflowRival.SumAsync(this).GetAwaiter().GetResult()),
        new Contender(ContenderNames.Akka, () => AkkaRival.SumAsync(this).GetAwaiter().GetResult()),
        new Contender(ContenderNames.Channel, () => ChannelRival.SumAsync(this).GetAwaiter().GetResult()),
        ChannelBatchesRival.Create(Records, Loop),
    ];
}
