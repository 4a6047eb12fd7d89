using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>A million numbers, of which a hundred thousand are different.</summary>
internal sealed class RddDistinctWorkload : Workload
{
    private const int Different = 100_000;

    public override string Name => "rdd-distinct";

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var random = new Random(41);
        var numbers = Enumerable.Range(0, BatchSize).Select(_ => random.Next(Different) * 7919).ToArray();
        var seen = new HashSet<int>();
        return
        [
            new Contender(ContenderNames.Hand, () => ByHand(numbers, seen)),
            Engine(ContenderNames.Fused, new RddDistinctPipeline(numbers)),
            Engine(ContenderNames.Unfused, new RddDistinctPipeline(numbers)),
            new Contender(ContenderNames.Linq, () => numbers.Distinct().Sum(number => (long)number)),
            new Contender(ContenderNames.Plinq, () => numbers.AsParallel().Distinct().Sum(number => (long)number)),
        ];
    }

    private static long ByHand(int[] numbers, HashSet<int> seen)
    {
        seen.Clear();
        var sum = 0L;
        foreach (var number in numbers)
        {
            if (seen.Add(number))
            {
                sum += number;
            }
        }

        return sum;
    }
}

[StreamingPipeline]
internal sealed partial class RddDistinctPipeline(int[] numbers) : IMeasuredPipeline
{
    public long Checksum { get; private set; }

    public void Define(StreamingContext streaming) =>
        new BlockInput<int>(new ArrayBlock<int>(numbers, numbers.Length, pool: null)).AddTo(streaming)
            .ForeachRdd(rdd => Checksum = rdd.Distinct().Sum());
}
