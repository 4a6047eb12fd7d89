using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Heroic;
using CodegenStreaming.Benchmarks.Rivals;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>
/// Filter, map and reduce over integers: at random, so that no processor foresees which of them pass, or counting from zero, so that every one does.
/// </summary>
internal sealed class NumericWorkload(bool isSequential) : Workload
{
    public override string Name => isSequential ? "numeric-sequential" : "numeric";

    public override int Records => 10 * BatchSize;

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var random = new Random(1);
        int[] numbers = [.. Enumerable.Range(0, Records).Select(number => isSequential ? number : random.Next())];
        return
        [
            new Contender(ContenderNames.Hand, () => SumInRuns(numbers, Branching)),
            new Contender(ContenderNames.Hand, () => SumInRuns(numbers, Conditional)),
            new Contender(ContenderNames.BranchFree, () => SumInRuns(numbers, BranchFree)),
            new Contender(ContenderNames.Heroic, () => SumInRuns(numbers, HeroicNumeric.Sum)),
            Engine(ContenderNames.Fused, new NumericPipeline(numbers)),
            Engine(ContenderNames.Unfused, new NumericPipeline(numbers)),
            new Contender(ContenderNames.Linq, () => numbers.Where(number => number % 2 == 0).Select(number => (number * 3L) + 1).Aggregate(0L, (left, right) => left + right)),
            .. new SumJob<int>(numbers, number => number % 2 == 0, number => (number * 3L) + 1, Branching).CreateContenders(),
            DuckDb(
                () => DuckDbRival.Open().WithBatch(numbers, number => new { number }),
                database => database.Number("select sum(number * 3::bigint + 1) from batch(0) where number % 2 = 0")),
        ];
    }

    private static long Branching(ReadOnlySpan<int> numbers)
    {
        var sum = 0L;
        foreach (var number in numbers)
        {
            if (number % 2 == 0)
            {
                sum += (number * 3L) + 1;
            }
        }

        return sum;
    }

    private static long Conditional(ReadOnlySpan<int> numbers)
    {
        var sum = 0L;
        foreach (var number in numbers)
        {
            sum += number % 2 == 0 ? (number * 3L) + 1 : 0;
        }

        return sum;
    }

    private static long BranchFree(ReadOnlySpan<int> numbers)
    {
        var sum = 0L;
        foreach (var number in numbers)
        {
            var keep = (number & 1L) - 1;
            sum += ((number * 3L) + 1) & keep;
        }

        return sum;
    }
}

[StreamingPipeline]
internal sealed partial class NumericPipeline(int[] numbers) : IMeasuredPipeline
{
    public long Checksum { get; private set; }

    public void Define(StreamingContext streaming) =>
        new BlockInput<int>(new ArrayBlock<int>(numbers, numbers.Length, pool: null)).AddTo(streaming)
            .Filter(number => number % 2 == 0)
            .Map(number => (number * 3L) + 1)
            .Reduce((left, right) => left + right)
            .ForeachRdd(rdd => rdd.Foreach(sum => Checksum = sum));
}
