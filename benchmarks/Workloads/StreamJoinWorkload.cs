using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>Two streams of batches of a hundred thousand pairs each, joined by keys of which either batch has about two thirds.</summary>
internal sealed class StreamJoinWorkload : Workload
{
    private const int PairsInBatch = 100_000;

    public override string Name => "join";

    public override int Records => PairsInBatch;

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var random = new Random(43);
        var (left, right) = (CreatePairs(random), CreatePairs(random));
        return
        [
            new Contender(ContenderNames.Hand, () => ByHand(left, right)),
            Engine(ContenderNames.Fused, new StreamJoinPipeline(left, right)),
            Engine(ContenderNames.Unfused, new StreamJoinPipeline(left, right)),
            new Contender(ContenderNames.Linq, () => left.Join(right, pair => pair.Key, pair => pair.Key, (one, other) => RddJoinWorkload.Weight(one.Value, other.Value)).Sum()),
        ];
    }

    private static (int Key, long Value)[] CreatePairs(Random random) =>
        [.. Enumerable.Range(0, PairsInBatch).Select(_ => (random.Next(PairsInBatch), (long)random.Next(1000)))];

    /// <summary>A dictionary of the right batch's values by key, as one writes it.</summary>
    private static long ByHand((int Key, long Value)[] left, (int Key, long Value)[] right)
    {
        var values = new Dictionary<int, List<long>>(right.Length);
        foreach (var (key, value) in right)
        {
            if (!values.TryGetValue(key, out var list))
            {
                values.Add(key, list = []);
            }

            list.Add(value);
        }

        var sum = 0L;
        foreach (var (key, value) in left)
        {
            if (values.TryGetValue(key, out var list))
            {
                foreach (var other in list)
                {
                    sum += RddJoinWorkload.Weight(value, other);
                }
            }
        }

        return sum;
    }
}

[StreamingPipeline]
internal sealed partial class StreamJoinPipeline((int Key, long Value)[] left, (int Key, long Value)[] right) : IMeasuredPipeline
{
    private long _checksum;

    public long Checksum => _checksum;

    public void Define(StreamingContext streaming)
    {
        var others = new BlockInput<(int, long)>(new ArrayBlock<(int, long)>(right, right.Length, pool: null)).AddTo(streaming);
        new BlockInput<(int, long)>(new ArrayBlock<(int, long)>(left, left.Length, pool: null)).AddTo(streaming)
            .Join(others)
            .Map(pair => RddJoinWorkload.Weight(pair.Values.Left, pair.Values.Right))
            .Reduce((one, other) => one + other)
            .ForeachRdd(rdd => _checksum = rdd.First());
    }
}
