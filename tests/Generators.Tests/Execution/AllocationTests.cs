using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Execution;

/// <summary>A batch of a million records allocates its bookkeeping and nothing per record. Alone, since it reads the process's counter.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const int Records = 1_000_000;
    private const int Bookkeeping = 64 * 1024;

    private const string Text = """
        namespace Allocating;

        [StreamingPipeline]
        public sealed partial class Numeric(ResultLog log)
        {
            private readonly int _offset = 3;

            public void Define(StreamingContext streaming) =>
                streaming.Input<int>("numbers")
                    .Filter(number => number % 3 == 0)
                    .Map(number => number * 2L + _offset)
                    .Reduce((a, b) => a + b)
                    .ForeachRdd(rdd => log.Add("sum", rdd.Collect()));
        }

        [StreamingPipeline]
        public sealed partial class Keyed(ResultLog log)
        {
            public void Define(StreamingContext streaming) =>
                streaming.Input<int>("numbers")
                    .Map(number => (number % 100, 1L))
                    .ReduceByKey((a, b) => a + b)
                    .Filter(pair => pair.Key == 7)
                    .ForeachRdd(rdd => log.Add("seven", rdd.Collect()));
        }

        [StreamingPipeline]
        public sealed partial class Grep(ResultLog log)
        {
            public void Define(StreamingContext streaming) =>
                streaming.Input<Utf8Slice>("lines")
                    .Filter(line => line.Span.IndexOf("error"u8) >= 0)
                    .Count()
                    .ForeachRdd(rdd => log.Add("errors", rdd.Collect()));
        }

        [StreamingPipeline]
        public sealed partial class LineCount(ResultLog log)
        {
            public void Define(StreamingContext streaming) =>
                streaming.Input<Utf8Slice>("lines")
                    .Map(line => (line, 1))
                    .ReduceByKey((a, b) => a + b)
                    .Count()
                    .ForeachRdd(rdd => log.Add("distinct", rdd.Collect()));
        }

        [StreamingPipeline]
        public sealed partial class WordCount(ResultLog log)
        {
            public void Define(StreamingContext streaming) =>
                streaming.Input<Utf8Slice>("lines")
                    .FlatMap(line => line.Split(' '))
                    .Map(word => (word, 1))
                    .ReduceByKey((a, b) => a + b)
                    .Filter(pair => pair.Value > 1)
                    .ForeachRdd(rdd => log.Add("distinct", rdd.Count()));
        }
        """;

    private static readonly string[] Lines = ["all is well", "an error occurred", "so it goes"];

    [Theory]
    [InlineData("Numeric")]
    [InlineData("Keyed")]
    [InlineData("Grep")]
    [InlineData("LineCount")]
    [InlineData("WordCount")]
    public void BatchOfAMillionRecords_AllocatesItsBookkeepingOnly(string pipeline)
    {
        var program = ProgramCompiler.Compile(Text);
        var numbers = Enumerable.Range(0, Records).ToArray();
        var lines = numbers.Select(number => Lines[number % 3]).ToArray();
        var batch = BatchData.Of("numbers", numbers).And("lines", lines);

        var result = PipelineRunner.Run(log => program.Create(pipeline, log), Enumerable.Repeat(batch, 6), new RunSettings(Parallelism: 1));

        Assert.All(result.Lines, line => Assert.DoesNotContain("failed", line, StringComparison.Ordinal));
        var steady = result.AllocatedBytes.TakeLast(3).Min();
        Assert.True(steady < Bookkeeping, $"{steady} bytes");
        Assert.Equal(0, result.ArraysOutstanding);
    }
}
