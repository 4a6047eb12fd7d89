namespace CodegenStreaming.Conformance;

public sealed class WordCountTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WordsAreCounted_BatchByBatch(bool useGeneratedLoops)
    {
        await using var stream = new VirtualStream(options =>
        {
            options.UseGeneratedLoops = useGeneratedLoops;
            options.Master = "local";
        });
        var pipeline = new WordCount();
        stream.Streaming.Add(pipeline);
        stream.Streaming.Start();

        pipeline.Give("to be or", "not to be");
        await stream.AdvanceAsync();
        await stream.AdvanceAsync();
        pipeline.Give("a b c d e f g h i j k");
        await stream.StopGracefullyAsync();

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
            stream.Printed);
    }

    [Fact]
    public async Task EveryChainIsFused()
    {
        await using var stream = new VirtualStream();
        stream.Streaming.Add(new WordCount());
        stream.Streaming.Start();

        var plan = stream.Streaming.Plan;
        Assert.Empty(plan.UnboundSites);
        Assert.Equal(["FlatMap", "Map", "ReduceByKey"], plan.BoundSites.Select(site => site.OperatorName));
    }

    [Fact]
    public async Task ExceptionInALambda_NamesFileAndLine()
    {
        await using var stream = new VirtualStream();
        var pipeline = new WordCount();
        stream.Streaming.Add(pipeline);
        stream.Streaming.Start();
        pipeline.Give("fine", null!);
        await stream.AdvanceAsync();

        var failure = Assert.Throws<StreamingTaskException>(stream.Streaming.AwaitTermination);
        Assert.Equal("FlatMap", failure.OperatorName);
        Assert.EndsWith("WordCount.cs", failure.SourceFile, StringComparison.Ordinal);
        Assert.Equal(13, failure.SourceLine);
    }
}
