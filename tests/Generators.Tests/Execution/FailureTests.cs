using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Execution;

/// <summary>A record function that throws at its n-th call, for every n: nothing stays rented, and a retry gives the exact result.</summary>
public sealed class FailureTests
{
    private const string Text = """
        namespace Failing;

        /// <summary>Throws once, at a given call.</summary>
        public sealed class Fuse(int at)
        {
            private int _calls;

            public int Calls => Volatile.Read(ref _calls);

            public bool Throws() => Interlocked.Increment(ref _calls) == at;
        }

        [StreamingPipeline]
        public sealed partial class Program(ResultLog log, int at) : IStreamingPipeline
        {
            private readonly Fuse _fuse = new(at);

            public void Define(StreamingContext streaming)
            {
                var words = streaming.Input<string>("lines")
                    .FlatMap(line => line.Split(' '))
                    .Filter(word => Check(word).Length > 0);
                words.Map(word => (Check(word), 1)).ReduceByKey((a, b) => Check(a) + b).ForeachRdd(rdd => log.Add("counts", rdd.Collect()));
                words.Repartition(3).ForeachRdd(rdd => log.Add("dealt", rdd.Map(word => Check(word)).Collect()));
                words.ForeachRdd(rdd => log.Add(
                    "sets",
                    rdd.Map(word => (Check(word), 1)).AggregateByKey(0, (sum, one) => sum + Check(one), (a, b) => a + b).Keys().Distinct().SortBy(word => Check(word)).Collect()));
                words.ForeachRdd(rdd => log.Add("fold", new[] { rdd.Aggregate("", (text, word) => text + Check(word), (a, b) => a + b) }));
                words.Map(word => (word, Check(word))).GroupByKey().ForeachRdd(rdd => log.Add("groups", rdd.Map(group => (group.Key, group.Values.Count)).Collect()));
            }

            private T Check<T>(T value) => _fuse.Throws() ? throw new InvalidOperationException("fuse") : value;
        }
        """;

    private static readonly BatchData[] Batches = [BatchData.Of<string>("lines", ["a b", "c"], ["a", "b d"])];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RetryIsExact_AndPoolsAreIntact_WhicheverCallThrows(bool useLoops)
    {
        var program = ProgramCompiler.Compile(Text);
        var expected = Run(program, at: 0, useLoops, maxTaskFailures: 1);
        Assert.Equal(0, expected.ArraysOutstanding);
        Assert.Equal(5, expected.Lines.Count);

        for (var at = 1; ; at++)
        {
            var retried = Run(program, at, useLoops, maxTaskFailures: 2);
            Assert.Equal(expected.Lines, retried.Lines);
            Assert.Equal(0, retried.ArraysOutstanding);

            var failed = Run(program, at, useLoops, maxTaskFailures: 1);
            Assert.Equal(0, failed.ArraysOutstanding);
            if (failed.Lines.SequenceEqual(expected.Lines))
            {
                Assert.True(at > 40, $"Only {at} calls were reached.");
                return;
            }
        }
    }

    private static RunResult Run(CompiledProgram program, int at, bool useLoops, int maxTaskFailures) =>
        PipelineRunner.Run(log => program.Create("Program", log, at), Batches, new RunSettings(useLoops, MaxTaskFailures: maxTaskFailures));
}
