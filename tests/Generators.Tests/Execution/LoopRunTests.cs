using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Execution;

/// <summary>Loops over more records than one run takes, and loops that stop early.</summary>
public sealed class LoopRunTests
{
    private const int RunLength = CodegenStreaming.CompilerServices.LoopInput.RunLength;

    private const string Text = """
        namespace Runs;

        [StreamingPipeline]
        public sealed partial class Long(ResultLog log)
        {
            public void Define(StreamingContext streaming)
            {
                var numbers = streaming.Input<int>("numbers");
                numbers.Map(n => 1.0 / (n + 1)).Reduce((a, b) => a + b).ForeachRdd(rdd => log.Add("fold", rdd.Collect()));
                numbers.Filter(n => n % 3 == 0).Count().ForeachRdd(rdd => log.Add("count", rdd.Collect()));
                numbers.Map(n => (n % 1000, (long)n)).ReduceByKey((a, b) => a * 31 + b).ForeachRdd(rdd => log.Add("keys", rdd.Collect()));
                numbers.ForeachRdd(rdd => log.Add("last", rdd.Map(n => n + 1).Collect()[^1]));
                numbers.ForeachRdd(rdd => log.Add("taken", rdd.Map(n => log.Touch("taken", n)).Take(70_000)[^1]));
                numbers.Glom().Map(block => block.Length).ForeachRdd(rdd => log.Add("lengths", rdd.Collect()));
                numbers.MapPartitions(all => all.Skip(65_000).Take(2)).ForeachRdd(rdd => log.Add("skipped", rdd.Collect()));
            }
        }

        [StreamingPipeline]
        public sealed partial class Endless(ResultLog log)
        {
            public void Define(StreamingContext streaming) =>
                streaming.Input<int>("numbers").ForeachRdd(rdd =>
                {
                    log.Add("first", rdd.FlatMap(n => Forever(n)).Map(n => log.Touch("first", n)).First());
                    log.Add("five", rdd.FlatMap(n => Forever(n)).Filter(n => n % 2 == 0).Map(n => log.Touch("five", n)).Take(5));
                    log.Add("none", rdd.Map(n => log.Touch("none", n)).Take(0));
                    log.Add("across", rdd.Filter(n => n > 1).Map(n => log.Touch("across", n)).Take(3));
                    log.Add("helper", Doubled(rdd.FlatMap(n => Forever(n))).Take(4));
                });

            private Rdd<int> Doubled(Rdd<int> source) => source.Map(n => log.Touch("helper", n * 2));

            private static IEnumerable<int> Forever(int from)
            {
                while (true)
                {
                    yield return from++;
                }
            }
        }
        """;

    [Theory]
    [InlineData(RunLength - 1)]
    [InlineData(RunLength)]
    [InlineData(RunLength + 1)]
    [InlineData(3 * RunLength)]
    public void PartitionOfSeveralRuns_GivesTheSame(int records)
    {
        var program = ProgramCompiler.Compile(Text);
        BatchData[] batches = [BatchData.Of("numbers", Enumerable.Range(0, records).ToArray(), Enumerable.Range(0, 100).ToArray())];

        var fused = PipelineRunner.Run(log => program.Create("Long", log), batches);
        var unfused = PipelineRunner.Run(log => program.Create("Long", log), batches, new RunSettings(UseLoops: false));

        Assert.DoesNotContain(fused.Lines, line => line.Contains("failed", StringComparison.Ordinal));
        Assert.Equal(unfused.Lines, fused.Lines);
        Assert.Equal(0, fused.ArraysOutstanding);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EndlessSequence_IsReadNoFurtherThanIsNeeded(bool useLoops)
    {
        var program = ProgramCompiler.Compile(Text);
        var result = PipelineRunner.Run(
            log => program.Create("Endless", log), [BatchData.Of<int>("numbers", [1, 2], [], [3, 4, 5])], new RunSettings(useLoops));

        Assert.Equal(
            [
                "1 first: 1",
                "1 five: [2 | 4 | 6 | 8 | 10]",
                "1 none: []",
                "1 across: [2 | 3 | 4]",
                "1 helper: [2 | 4 | 6 | 8]",
                "1 across: called 3",
                "1 first: called 1",
                "1 five: called 5",
                "1 helper: called 4",
            ],
            result.Lines);
    }
}
