using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Heroic;
using CodegenStreaming.Benchmarks.Rivals;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>Filter, map and reduce over one field of a record of sixteen bytes; the field is a number at random.</summary>
internal sealed class NumericStructWorkload : Workload
{
    public override string Name => "numeric-struct";

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var random = new Random(2);
        var samples = new Sample[Records];
        for (var index = 0; index < samples.Length; index++)
        {
            samples[index] = new Sample(random.NextInt64(), index, random.Next());
        }

        return
        [
            new Contender(ContenderNames.Hand, () => SumInRuns(samples, Branching)),
            new Contender(ContenderNames.Hand, () => SumInRuns(samples, Conditional)),
            new Contender(ContenderNames.BranchFree, () => SumInRuns(samples, BranchFree)),
            new Contender(ContenderNames.Heroic, () => SumInRuns(samples, HeroicNumeric.Sum)),
            Engine(ContenderNames.Fused, new NumericStructPipeline(samples)),
            Engine(ContenderNames.Unfused, new NumericStructPipeline(samples)),
            new Contender(ContenderNames.Linq, () => samples.Where(sample => sample.Value % 2 == 0).Select(sample => (sample.Value * 3L) + 1).Aggregate(0L, (left, right) => left + right)),
            .. new SumJob<Sample>(samples, sample => sample.Value % 2 == 0, sample => (sample.Value * 3L) + 1, Branching).CreateContenders(),
            DuckDb(
                () => DuckDbRival.Open().WithBatch(samples, sample => new { time = sample.Time, sensor = sample.Sensor, value = sample.Value }),
                database => database.Number("select sum(value * 3::bigint + 1) from batch(0) where value % 2 = 0")),
        ];
    }

    private static long Branching(ReadOnlySpan<Sample> samples)
    {
        var sum = 0L;
        foreach (var sample in samples)
        {
            if (sample.Value % 2 == 0)
            {
                sum += (sample.Value * 3L) + 1;
            }
        }

        return sum;
    }

    private static long Conditional(ReadOnlySpan<Sample> samples)
    {
        var sum = 0L;
        foreach (var sample in samples)
        {
            sum += sample.Value % 2 == 0 ? (sample.Value * 3L) + 1 : 0;
        }

        return sum;
    }

    private static long BranchFree(ReadOnlySpan<Sample> samples)
    {
        var sum = 0L;
        foreach (var sample in samples)
        {
            var keep = (sample.Value & 1L) - 1;
            sum += ((sample.Value * 3L) + 1) & keep;
        }

        return sum;
    }
}

/// <summary>What a sensor sent: sixteen bytes.</summary>
internal readonly record struct Sample(long Time, int Sensor, int Value);

[StreamingPipeline]
internal sealed partial class NumericStructPipeline(Sample[] samples) : IMeasuredPipeline
{
    public long Checksum { get; private set; }

    public void Define(StreamingContext streaming) =>
        new BlockInput<Sample>(new ArrayBlock<Sample>(samples, samples.Length, pool: null)).AddTo(streaming)
            .Filter(sample => sample.Value % 2 == 0)
            .Map(sample => (sample.Value * 3L) + 1)
            .Reduce((left, right) => left + right)
            .ForeachRdd(rdd => rdd.Foreach(sum => Checksum = sum));
}
