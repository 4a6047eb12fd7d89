namespace CodegenStreaming.Conformance;

/// <summary>By themselves: the slot is the process's.</summary>
[CollectionDefinition(nameof(ActiveContextTests), DisableParallelization = true)]
[Collection(nameof(ActiveContextTests))]
public sealed class ActiveContextTests
{
    [Fact]
    public async Task GetActive_GivesTheContextBetweenStartAndStop()
    {
        await using var stream = new VirtualStream();
        new GivenInput<int>().AddTo(stream.Streaming).Print();
        Assert.Null(StreamingContext.GetActive());

        stream.Streaming.Start();
        Assert.Same(stream.Streaming, StreamingContext.GetActive());

        stream.Streaming.Stop();
        Assert.Null(StreamingContext.GetActive());
    }

    [Fact]
    public async Task GetActive_GivesTheOneStartedLast_WhereEngineContextsAreSeveral()
    {
        await using var first = new VirtualStream();
        new GivenInput<int>().AddTo(first.Streaming).Print();
        await using var second = new VirtualStream();
        new GivenInput<int>().AddTo(second.Streaming).Print();

        first.Streaming.Start();
        second.Streaming.Start();
        Assert.Same(second.Streaming, StreamingContext.GetActive());

        second.Streaming.Stop();
        Assert.Same(first.Streaming, StreamingContext.GetActive());
    }

    [Fact]
    public async Task GetActive_IsEmpty_AfterAFailedStart()
    {
        await using var stream = new VirtualStream();
        new GivenInput<int> { OnStart = () => throw new IOException() }.AddTo(stream.Streaming).Print();

        Assert.Throws<IOException>(stream.Streaming.Start);

        Assert.Null(StreamingContext.GetActive());
    }
}
