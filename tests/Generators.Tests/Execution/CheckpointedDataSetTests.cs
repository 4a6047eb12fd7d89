using CodegenStreaming.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Tests.Execution;

/// <summary>A data set that is checkpointed is written by its class's codec, and no loop goes across it.</summary>
public sealed class CheckpointedDataSetTests
{
    private const string Source = """
        public partial class Outer
        {
            [StreamingPipeline]
            public partial class P(ResultLog log)
            {
                private record Order(int Number, string Name);

                public void Define(StreamingContext streaming)
                {
                    streaming.Input<int>("n").ForeachRdd(rdd =>
                    {
                        var calls = 0;
                        var orders = rdd.Filter(n => n > 1).Map(n => new Order(System.Threading.Interlocked.Increment(ref calls) > 0 ? n : 0, $"order {n}"));
                        orders.Checkpoint();
                        var names = orders.Map(order => order.Name).Filter(name => name != "order 2");
                        log.Add("names", names.Collect());
                        log.Add("again", orders.Map(order => order.Number).Map(number => number * 2).Collect());
                        log.Add("calls", [calls]);
                        log.Add("lines", [names.ToDebugString().Split('\n').Length]);
                        var persisted = orders.KeyBy(order => order.Number % 2).Persist(StorageLevel.DiskOnly);
                        persisted.Checkpoint();
                        log.Add("keys", persisted.Map(pair => (pair.Item1, 1)).ReduceByKey((left, right) => left + right).Collect().OrderBy(pair => pair.Item1).ToArray());
                        rdd.Checkpoint();
                        log.Add("sum", [rdd.Map(n => n + 1).Sum()]);
                        log.Add("written", [orders.IsCheckpointed, persisted.IsCheckpointed, rdd.IsCheckpointed]);
                    });
                    streaming.Input<int>("n").Transform(rdd =>
                    {
                        var next = rdd.Map(n => n + 1);
                        next.Checkpoint();
                        return next.Map(n => n * 10);
                    }).Map(n => n + 1).ForeachRdd(rdd => log.Add("transformed", rdd.Collect()));
                }
            }
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Records_AreTheSame_FusedAndUnfused(bool usesLoops)
    {
        var folder = Directory.CreateTempSubdirectory("checkpoints-").FullName;
        try
        {
            var program = ProgramCompiler.Compile(Source, OptimizationLevel.Debug);
            var result = PipelineRunner.Run(
                log => program.Create("P", log),
                [BatchData.Of("n", [1], [2, 3]), BatchData.Of<int>("n"), BatchData.Of("n", [4, 5, 6], [7, 8])],
                new RunSettings(usesLoops, DataSetDirectory: folder));
            Assert.Equal(
                [
                    "1 names: ['order 3']", "1 again: [4 | 6]", "1 calls: [2]", "1 lines: [3]", "1 keys: [(0, 1) | (1, 1)]", "1 sum: [9]",
                    "1 written: [True | True | True]", "1 transformed: [21 | 31 | 41]",
                    "2 names: []", "2 again: []", "2 calls: [0]", "2 lines: [3]", "2 keys: []", "2 sum: [0]",
                    "2 written: [True | True | True]", "2 transformed: []",
                    "3 names: ['order 4' | 'order 5' | 'order 6' | 'order 7' | 'order 8']", "3 again: [8 | 10 | 12 | 14 | 16]", "3 calls: [5]", "3 lines: [3]",
                    "3 keys: [(0, 3) | (1, 2)]", "3 sum: [35]", "3 written: [True | True | True]", "3 transformed: [51 | 61 | 71 | 81 | 91]",
                ],
                result.Lines);
            Assert.Equal(usesLoops ? ["Filter 13", "Map 13", "Filter 15", "Map 15"] : [], result.Bound
                .Select(site => $"{site.OperatorName} {site.Line}").Where(site => site.EndsWith(" 13", StringComparison.Ordinal) || site.EndsWith(" 15", StringComparison.Ordinal))
                .OrderBy(site => site[^2..]).ThenBy(site => site));
            Assert.Equal(0, result.ArraysOutstanding);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
