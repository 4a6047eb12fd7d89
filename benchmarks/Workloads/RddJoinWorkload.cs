using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>Two data sets of a million pairs each, joined by keys of which either has about two thirds.</summary>
internal sealed class RddJoinWorkload : Workload
{
    public override string Name => "rdd-join";

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var random = new Random(31);
        var (left, right) = (CreatePairs(random), CreatePairs(random));
        var (first, next) = (new Dictionary<int, int>(right.Length), new int[right.Length]);
        return
        [
            new Contender(ContenderNames.Hand, () => ByHand(left, right, first, next)),
            Engine(ContenderNames.Fused, new RddJoinPipeline(left, right)),
            Engine(ContenderNames.Unfused, new RddJoinPipeline(left, right)),
            new Contender(ContenderNames.Linq, () => left.Join(right, pair => pair.Key, pair => pair.Key, (one, other) => Weight(one.Value, other.Value)).Sum()),
            new Contender(ContenderNames.Plinq, () => left.AsParallel().Join(right.AsParallel(), pair => pair.Key, pair => pair.Key, (one, other) => Weight(one.Value, other.Value)).Sum()),
        ];
    }

    /// <summary>What a pair of values contributes to the checksum.</summary>
    internal static long Weight(long left, long right) => (left * 31) ^ right;

    private static (int Key, long Value)[] CreatePairs(Random random)
    {
        var pairs = new (int, long)[BatchSize];
        for (var index = 0; index < pairs.Length; index++)
        {
            pairs[index] = (random.Next(BatchSize), random.Next(1000));
        }

        return pairs;
    }

    /// <summary>The places of the right side's pairs, chained by key; then the left side is looked up. What holds them is kept from run to run.</summary>
    private static long ByHand((int Key, long Value)[] left, (int Key, long Value)[] right, Dictionary<int, int> first, int[] next)
    {
        first.Clear();
        for (var index = 0; index < right.Length; index++)
        {
            next[index] = first.GetValueOrDefault(right[index].Key, -1);
            first[right[index].Key] = index;
        }

        var sum = 0L;
        foreach (var (key, value) in left)
        {
            for (var index = first.GetValueOrDefault(key, -1); index >= 0; index = next[index])
            {
                sum += Weight(value, right[index].Value);
            }
        }

        return sum;
    }
}

[StreamingPipeline]
internal sealed partial class RddJoinPipeline((int Key, long Value)[] left, (int Key, long Value)[] right) : IMeasuredPipeline
{
    public long Checksum { get; private set; }

    public void Define(StreamingContext streaming)
    {
        var others = new BlockInput<(int, long)>(new ArrayBlock<(int, long)>(right, right.Length, pool: null)).AddTo(streaming);
        new BlockInput<(int, long)>(new ArrayBlock<(int, long)>(left, left.Length, pool: null)).AddTo(streaming)
            .TransformWith(others, (rdd, other, _) => rdd.Join(other))
            .ForeachRdd(rdd => Checksum = rdd.Map(pair => RddJoinWorkload.Weight(pair.Values.Left, pair.Values.Right)).Sum());
    }
}
