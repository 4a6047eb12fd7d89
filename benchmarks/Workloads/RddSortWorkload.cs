using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>A million pairs, sorted by their keys, which are all different.</summary>
internal sealed class RddSortWorkload : Workload
{
    public override string Name => "rdd-sort";

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var random = new Random(37);
        var keys = Enumerable.Range(0, BatchSize).Select(number => number * 2003).ToArray();
        random.Shuffle(keys);
        (int Key, long Value)[] pairs = [.. keys.Select(key => (key, (long)random.Next(1000)))];
        return
        [
            new Contender(ContenderNames.Hand, () => ByHand(pairs)),
            Engine(ContenderNames.Fused, new RddSortPipeline(pairs)),
            Engine(ContenderNames.Unfused, new RddSortPipeline(pairs)),
            new Contender(ContenderNames.Linq, () => pairs.OrderBy(pair => pair.Key).Aggregate(0L, Next)),
            new Contender(ContenderNames.Plinq, () => pairs.AsParallel().OrderBy(pair => pair.Key).AsSequential().Aggregate(0L, Next)),
        ];
    }

    /// <summary>A checksum that depends on the order.</summary>
    internal static long Next(long checksum, (int Key, long Value) pair) => (checksum * 31) + pair.Key + pair.Value;

    private static long ByHand((int Key, long Value)[] pairs)
    {
        var keys = new int[pairs.Length];
        var values = new long[pairs.Length];
        for (var index = 0; index < pairs.Length; index++)
        {
            (keys[index], values[index]) = pairs[index];
        }

        Array.Sort(keys, values);
        var checksum = 0L;
        for (var index = 0; index < keys.Length; index++)
        {
            checksum = Next(checksum, (keys[index], values[index]));
        }

        return checksum;
    }
}

[StreamingPipeline]
internal sealed partial class RddSortPipeline((int Key, long Value)[] pairs) : IMeasuredPipeline
{
    public long Checksum { get; private set; }

    public void Define(StreamingContext streaming) =>
        new BlockInput<(int, long)>(new ArrayBlock<(int, long)>(pairs, pairs.Length, pool: null)).AddTo(streaming)
            .ForeachRdd(rdd => Checksum = rdd.SortByKey().Aggregate(0L, (checksum, pair) => RddSortWorkload.Next(checksum, pair), (left, right) => left + right));
}
