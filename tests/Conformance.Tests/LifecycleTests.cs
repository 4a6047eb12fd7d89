namespace CodegenStreaming.Conformance;

public sealed class LifecycleTests
{
    [Fact]
    public async Task StateGoesFromInitializedToActiveToStopped()
    {
        await using var stream = new VirtualStream();
        new GivenInput<int>().AddTo(stream.Streaming).Print();
        Assert.Equal(StreamingContextState.Initialized, stream.Streaming.State);

        stream.Streaming.Start();
        Assert.Equal(StreamingContextState.Active, stream.Streaming.State);

        stream.Streaming.Stop();
        Assert.Equal(StreamingContextState.Stopped, stream.Streaming.State);
    }

    [Fact]
    public async Task EachBatchPrintsItsRecords()
    {
        await using var stream = new VirtualStream();
        var input = new GivenInput<string>();
        input.AddTo(stream.Streaming).FlatMap(line => line.Split(' ')).Map(word => (word, 1)).ReduceByKey((a, b) => a + b).Print();
        stream.Streaming.Start();

        input.Give("to be or not to be");
        await stream.AdvanceAsync();
        input.Give("be");
        await stream.AdvanceAsync();

        Assert.Contains("Time: 1000000001000 ms", stream.Printed, StringComparison.Ordinal);
        Assert.Contains("(be, 2)", stream.Printed, StringComparison.Ordinal);
        Assert.Contains("Time: 1000000002000 ms", stream.Printed, StringComparison.Ordinal);
        Assert.Contains("(be, 1)", stream.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GracefulStopProcessesWhatWasReceived()
    {
        await using var stream = new VirtualStream();
        var input = new GivenInput<int>();
        var sum = 0L;
        input.AddTo(stream.Streaming).ForeachRdd(rdd => sum += rdd.Collect().Sum());
        stream.Streaming.Start();

        input.Give(1, 2, 3);
        await stream.StopGracefullyAsync();

        Assert.Equal(6, sum);
    }
}
