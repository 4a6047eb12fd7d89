namespace CodegenStreaming.Generators.Tests.Harness;

public sealed class HarnessTests
{
    [Fact]
    public void Pipeline_RunsOverGivenBatches_WithoutTheGeneratorsHelp()
    {
        var program = ProgramCompiler.Compile("""
            public sealed class Words(ResultLog log) : IStreamingPipeline
            {
                public void Define(StreamingContext streaming) =>
                    streaming.Input<string>("lines")
                        .FlatMap(line => line.Split(' '))
                        .Map(word => (word, log.Touch("map", 1)))
                        .ReduceByKey((a, b) => a + b, 1)
                        .ForeachRdd(rdd => log.Add("counts", rdd.Collect()));
            }
            """);

        var result = PipelineRunner.Run(
            log => program.Create("Words", log),
            [BatchData.Of<string>("lines", ["a b", "a"], [], ["b b"]), BatchData.Of<string>("lines"), BatchData.Of<string>("lines", ["x", null!])]);

        Assert.Equal("1 counts: [('a', 2) | ('b', 3)]", result.Lines[0]);
        Assert.Equal("2 counts: []", result.Lines[1]);
        Assert.StartsWith("3 output 0 failed: FlatMap (operator 1), partition 0, line : System.NullReferenceException", result.Lines[2], StringComparison.Ordinal);
        Assert.Contains("1 map: called 5", result.Lines);
    }

    [Fact]
    public void RecordText_Differs_WhereRecordsDiffer()
    {
        Assert.NotEqual(RecordText.Of(0.0), RecordText.Of(-0.0));
        Assert.NotEqual(RecordText.Of<string?>(null), RecordText.Of("null"));
        Assert.NotEqual(RecordText.Of(("a", 1)), RecordText.Of(("a", 2)));
        Assert.NotEqual(RecordText.Of(new[] { 1, 2 }), RecordText.Of(new[] { 1 }));
    }
}
