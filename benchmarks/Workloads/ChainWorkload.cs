using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>Ten operators over a data set of texts, one after another: what each of them costs beside the work of their functions.</summary>
internal sealed class ChainWorkload : Workload
{
    public override string Name => "chain-10";

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var random = new Random(43);
        var names = Enumerable.Range(0, BatchSize).Select(_ => new string('a', random.Next(1, 40))).ToArray();
        return
        [
            new Contender(ContenderNames.Hand, () => SumInRuns(names, ByHand)),
            Engine(ContenderNames.Fused, new ChainPipeline(names)),
            Engine(ContenderNames.Unfused, new ChainPipeline(names)),
            new Contender(ContenderNames.Linq, () => names
                .Where(name => name.Length > 3)
                .Select(name => (Name: name, name.Length))
                .Where(pair => pair.Length % 5 != 0)
                .Select(pair => (pair.Name, Length: pair.Length * 3))
                .Select(pair => (pair.Name, Length: pair.Length + 1))
                .Where(pair => (pair.Length & 1) == 0)
                .Select(pair => pair.Name[0] + (long)pair.Length)
                .Select(number => number * number)
                .Where(number => number % 7 != 0)
                .Select(number => number - 1)
                .Sum()),
            new Contender(ContenderNames.Plinq, () => names.AsParallel()
                .Where(name => name.Length > 3)
                .Select(name => (Name: name, name.Length))
                .Where(pair => pair.Length % 5 != 0)
                .Select(pair => (pair.Name, Length: pair.Length * 3))
                .Select(pair => (pair.Name, Length: pair.Length + 1))
                .Where(pair => (pair.Length & 1) == 0)
                .Select(pair => pair.Name[0] + (long)pair.Length)
                .Select(number => number * number)
                .Where(number => number % 7 != 0)
                .Select(number => number - 1)
                .Sum()),
        ];
    }

    private static long ByHand(ReadOnlySpan<string> names)
    {
        var sum = 0L;
        foreach (var name in names)
        {
            if (name.Length <= 3 || name.Length % 5 == 0)
            {
                continue;
            }

            var length = (name.Length * 3) + 1;
            if ((length & 1) != 0)
            {
                continue;
            }

            var number = name[0] + (long)length;
            number *= number;
            if (number % 7 != 0)
            {
                sum += number - 1;
            }
        }

        return sum;
    }
}

[StreamingPipeline]
internal sealed partial class ChainPipeline(string[] names) : IMeasuredPipeline
{
    public long Checksum { get; private set; }

    public void Define(StreamingContext streaming) =>
        new BlockInput<string>(new ArrayBlock<string>(names, names.Length, pool: null)).AddTo(streaming)
            .ForeachRdd(rdd => Checksum = rdd
                .Filter(name => name.Length > 3)
                .Map(name => (name, name.Length))
                .Filter(pair => pair.Length % 5 != 0)
                .MapValues(length => length * 3)
                .MapValues(length => length + 1)
                .Filter(pair => (pair.Value & 1) == 0)
                .Map(pair => pair.Key[0] + (long)pair.Value)
                .Map(number => number * number)
                .Filter(number => number % 7 != 0)
                .Map(number => number - 1)
                .Sum());
}
