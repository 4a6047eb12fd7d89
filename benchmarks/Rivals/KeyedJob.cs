using System.Runtime.InteropServices;
using CodegenStreaming.Benchmarks.Workloads;

namespace CodegenStreaming.Benchmarks.Rivals;

/// <summary>A filter and a sum by key, for the libraries that take functions.</summary>
/// <param name="Records">The batch.</param>
/// <param name="Keep">The filter.</param>
/// <param name="Key">The key of a record.</param>
/// <param name="Value">What a record adds.</param>
/// <param name="Weight">What a key and its sum contribute to the checksum.</param>
internal sealed record KeyedJob<T, TKey>(T[] Records, Func<T, bool> Keep, Func<T, TKey> Key, Func<T, long> Value, Func<TKey, long, long> Weight)
    where TKey : notnull
{
    /// <summary>Every library that the job fits.</summary>
    public IReadOnlyList<Contender> CreateContenders() =>
    [
        new Contender(ContenderNames.ZLinq, () => ZLinqRival.SumByKey(this)),
        new Contender(ContenderNames.Rx, () => RxRival.SumByKey(this)),
        new Contender(ContenderNames.Dataflow, () => DataflowRival.SumByKeyAsync(this).GetAwaiter().GetResult()),
        new Contender(ContenderNames.Akka, () => AkkaRival.SumByKeyAsync(this).GetAwaiter().GetResult()),
        new Contender(ContenderNames.Channel, () => ChannelRival.SumByKeyAsync(this).GetAwaiter().GetResult()),
    ];

    /// <summary>What a consumer of records does with each of them.</summary>
    public void AddTo(Dictionary<TKey, long> sums, T record) => CollectionsMarshal.GetValueRefOrAddDefault(sums, Key(record), out _) += Value(record);

    public long Checksum(IEnumerable<KeyValuePair<TKey, long>> sums) => sums.Sum(sum => Weight(sum.Key, sum.Value));
}
