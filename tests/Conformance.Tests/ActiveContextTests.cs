namespace CodegenStreaming.Conformance;

/// <summary>By themselves: the slot is the process's.</summary>
[CollectionDefinition(nameof(ActiveContextTests), DisableParallelization = true)]
[Collection(nameof(ActiveContextTests))]
public sealed class ActiveContextTests
{
    [Fact]
    public async Task GetActive_GivesTheContextBetweenStartAndStop()
    {
        await using var test = new StreamingTest();
        test.AddSource<int>().Stream.Print();
        Assert.Null(StreamingContext.GetActive());

        test.Start();
        Assert.Same(test.Streaming, StreamingContext.GetActive());

        test.Streaming.Stop();
        Assert.Null(StreamingContext.GetActive());
    }

    [Fact]
    public async Task GetActive_GivesTheOneStartedLast_WhereEngineContextsAreSeveral()
    {
        await using var first = new StreamingTest();
        first.AddSource<int>().Stream.Print();
        await using var second = new StreamingTest();
        second.AddSource<int>().Stream.Print();

        first.Streaming.Start();
        second.Streaming.Start();
        Assert.Same(second.Streaming, StreamingContext.GetActive());

        second.Streaming.Stop();
        Assert.Same(first.Streaming, StreamingContext.GetActive());
    }

    [Fact]
    public async Task GetActive_IsEmpty_AfterAFailedStart()
    {
        await using var test = new StreamingTest();
        new GivenInput<int> { OnStart = () => throw new IOException() }.AddTo(test.Streaming).Print();

        Assert.Throws<IOException>(test.Streaming.Start);

        Assert.Null(StreamingContext.GetActive());
    }
}
