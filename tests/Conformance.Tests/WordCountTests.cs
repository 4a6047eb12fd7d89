namespace CodegenStreaming.Conformance;

public sealed class WordCountTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WordsAreCounted_BatchByBatch(bool useGeneratedLoops)
    {
        await using var test = new StreamingTest(
            new WordCount(), new StreamingTestOptions { Streaming = { UseGeneratedLoops = useGeneratedLoops, Master = "local" } });
        var lines = test.Source<string>();

        lines.Add("to be or", "not to be");
        await test.AdvanceAsync();
        await test.AdvanceAsync();
        lines.Add("a b c d e f g h i j k");
        await test.StopAsync();

        Assert.Equal(
            """
            -------------------------------------------
            Time: 1000000001000 ms
            -------------------------------------------
            (to,2)
            (be,2)
            (or,1)
            (not,1)

            -------------------------------------------
            Time: 1000000002000 ms
            -------------------------------------------

            -------------------------------------------
            Time: 1000000003000 ms
            -------------------------------------------
            (a,1)
            (b,1)
            (c,1)
            (d,1)
            (e,1)
            (f,1)
            (g,1)
            (h,1)
            (i,1)
            (j,1)
            ...


            """.ReplaceLineEndings(),
            test.Printed);
    }

    [Fact]
    public async Task EveryChainIsFused()
    {
        await using var test = new StreamingTest(new WordCount());
        test.Start();

        var plan = test.Streaming.Plan;
        Assert.Empty(plan.UnboundSites);
        Assert.Equal(["FlatMap", "Map", "ReduceByKey"], plan.BoundSites.Select(site => site.OperatorName));
    }

    [Fact]
    public async Task ExceptionInALambda_NamesFileAndLine()
    {
        await using var test = new StreamingTest(new WordCount());
        var lines = test.Source<string>();
        lines.Add("fine", null!);
        await test.ExpectFailureAsync("FlatMap");

        var failure = Assert.Throws<StreamingTaskException>(test.Streaming.AwaitTermination);
        Assert.Equal("FlatMap", failure.OperatorName);
        Assert.EndsWith("WordCount.cs", failure.SourceFile, StringComparison.Ordinal);
        Assert.Equal(9, failure.SourceLine);
    }
}
