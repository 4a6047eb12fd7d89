using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming.Conformance;

public sealed class LifecycleTests
{
    [Fact]
    public async Task State_GoesFromInitializedToActiveToStopped()
    {
        await using var stream = Defined(out _);
        Assert.Equal(StreamingContextState.Initialized, stream.Streaming.State);

        stream.Streaming.Start();
        Assert.Equal(StreamingContextState.Active, stream.Streaming.State);

        stream.Streaming.Stop();
        Assert.Equal(StreamingContextState.Stopped, stream.Streaming.State);
    }

    [Fact]
    public async Task Start_WarnsAndDoesNothing_WhenStarted()
    {
        var log = new RecordedLog();
        var starts = 0;
        await using var stream = new VirtualStream(loggerFactory: log);
        new GivenInput<int> { OnStart = () => starts++ }.AddTo(stream.Streaming).Print();

        stream.Streaming.Start();
        stream.Streaming.Start();

        Assert.Equal(StreamingContextState.Active, stream.Streaming.State);
        Assert.Equal(1, starts);
        Assert.Single(log.Warnings, line => line.Contains("Start was called", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_IsRefused_AfterStop(bool startedBefore)
    {
        await using var stream = Defined(out _);
        if (startedBefore)
        {
            stream.Streaming.Start();
        }

        stream.Streaming.Stop();

        var refusal = Assert.Throws<ContextStoppedException>(stream.Streaming.Start);
        Assert.Contains("stop", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(StreamingContextState.Stopped, stream.Streaming.State);
    }

    [Fact]
    public async Task Stop_MayBeCalledAnyNumberOfTimes_AlsoBeforeStart()
    {
        await using var stream = Defined(out _);
        stream.Streaming.Stop();
        stream.Streaming.Stop(graceful: true);
        await stream.Streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);
        Assert.Equal(StreamingContextState.Stopped, stream.Streaming.State);
    }

    [Fact]
    public async Task Stop_LeavesTheEngineUsable_WhenToldSo()
    {
        using var engine = new EngineContext("test", "local[2]");
        for (var round = 1; round <= 2; round++)
        {
            var stream = new VirtualStream(engine: engine);
            var input = new GivenInput<int>();
            var counts = new List<long>();
            input.AddTo(stream.Streaming).ForeachRdd(rdd => counts.Add(rdd.Count()));
            stream.Streaming.Start();
            input.Give(1, 2, 3);
            await stream.AdvanceAsync();
            stream.Streaming.Stop(stopEngine: false);
            Assert.Equal([3], counts);
        }

        Assert.Equal(Enumerable.Range(1, 100), Collect(engine));
    }

    [Fact]
    public async Task Stop_StopsTheEngine_AfterAStopThatDidNot()
    {
        using var engine = new EngineContext("test", "local[2]");
        await using var stream = new VirtualStream(engine: engine);
        new GivenInput<int>().AddTo(stream.Streaming).Print();
        stream.Streaming.Start();

        stream.Streaming.Stop(stopEngine: false);
        stream.Streaming.Stop(stopEngine: true);

        Assert.Throws<OperationCanceledException>(() => Collect(engine));
        Assert.Throws<ObjectDisposedException>(() => new StreamingContext(engine, new StreamingOptions()));
    }

    [Fact]
    public async Task Dispose_LeavesAnEngineThatWasGiven()
    {
        using var engine = new EngineContext("test", "local[2]");
        await using (var stream = new VirtualStream(engine: engine))
        {
            new GivenInput<int>().AddTo(stream.Streaming).Print();
            stream.Streaming.Start();
        }

        Assert.Equal(100, Collect(engine).Length);
    }

    [Fact]
    public async Task FailedStart_LeavesAStoppedContext()
    {
        using var engine = new EngineContext("test", "local[2]");
        await using var stream = new VirtualStream(engine: engine);
        var stopped = new List<string>();
        new GivenInput<int> { OnStop = _ => Stopped("first") }.AddTo(stream.Streaming).Print();
        new GivenInput<int> { OnStart = () => throw new IOException("no such device"), OnStop = _ => Stopped("second") }.AddTo(stream.Streaming).Print();

        var failure = Assert.Throws<IOException>(stream.Streaming.Start);

        Assert.Equal("no such device", failure.Message);
        Assert.Equal(StreamingContextState.Stopped, stream.Streaming.State);
        Assert.Contains("first", stopped);
        stream.Streaming.AwaitTermination();
        await using var next = new VirtualStream(engine: engine);
        new GivenInput<int>().AddTo(next.Streaming).Print();
        next.Streaming.Start();

        Task Stopped(string input)
        {
            lock (stopped)
            {
                stopped.Add(input);
            }

            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Start_IsRefused_WithoutAnOutputOperation()
    {
        await using var stream = new VirtualStream();
        new GivenInput<int>().AddTo(stream.Streaming).Map(number => number + 1);

        var refusal = Assert.Throws<NoOutputOperationException>(stream.Streaming.Start);

        Assert.Contains("No output operations registered, so nothing to execute", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(StreamingContextState.Stopped, stream.Streaming.State);
    }

    [Fact]
    public async Task Definition_IsRefused_AfterStart()
    {
        await using var stream = new VirtualStream();
        var numbers = new GivenInput<int>().AddTo(stream.Streaming);
        numbers.Print();
        stream.Streaming.Start();

        foreach (var definition in Definitions(stream.Streaming, numbers))
        {
            var refusal = Assert.Throws<ContextStartedException>(definition);
            Assert.Contains("start", refusal.Message, StringComparison.Ordinal);
            Assert.IsType<InvalidOperationException>(refusal, exactMatch: false);
        }
    }

    [Fact]
    public async Task Definition_IsRefused_AfterStop()
    {
        await using var stream = new VirtualStream();
        var numbers = new GivenInput<int>().AddTo(stream.Streaming);
        numbers.Print();
        stream.Streaming.Start();
        stream.Streaming.Stop();

        foreach (var definition in Definitions(stream.Streaming, numbers))
        {
            Assert.Contains("stop", Assert.Throws<ContextStoppedException>(definition).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SecondContext_IsRefused_OnTheEngineOfAnActiveOne()
    {
        using var engine = new EngineContext("test", "local[2]");
        await using var first = new VirtualStream(options => options.AppName = "the first", engine: engine);
        new GivenInput<int>().AddTo(first.Streaming).Print();
        await using var second = new VirtualStream(engine: engine);
        new GivenInput<int>().AddTo(second.Streaming).Print();
        first.Streaming.Start();

        var refusal = Assert.Throws<ActiveContextException>(second.Streaming.Start);

        Assert.Contains("StreamingContext 'the first'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(StreamingContextState.Active, first.Streaming.State);
    }

    [Fact]
    public async Task UnusedInput_DoesNoHarm()
    {
        await using var stream = new VirtualStream();
        new GivenInput<string>().AddTo(stream.Streaming);
        var input = new GivenInput<int>();
        var counts = new List<long>();
        input.AddTo(stream.Streaming).ForeachRdd(rdd => counts.Add(rdd.Count()));
        stream.Streaming.Start();

        input.Give(1, 2);
        await stream.AdvanceAsync();

        Assert.Equal([2], counts);
    }

    [Fact]
    public async Task EngineThreads_AreFew_AndReceiversOccupyNone()
    {
        await using var stream = new VirtualStream(options => options.Master = "local");
        var inputs = Enumerable.Range(0, 4).Select(_ => new GivenInput<int>()).ToArray();
        var total = 0L;
        foreach (var input in inputs)
        {
            input.AddTo(stream.Streaming).ForeachRdd(rdd => total += rdd.Count());
        }

        stream.Streaming.Start();
        Array.ForEach(inputs, input => input.Give(1, 2));
        await stream.AdvanceAsync();

        Assert.Equal(1, stream.Streaming.Engine.TaskThreadCount);
        Assert.Equal(8, total);
    }

    private static VirtualStream Defined(out GivenInput<int> input)
    {
        var stream = new VirtualStream();
        input = new GivenInput<int>();
        input.AddTo(stream.Streaming).Print();
        return stream;
    }

    private static Action[] Definitions(StreamingContext streaming, DStream<int> numbers) =>
    [
        () => new GivenInput<int>().AddTo(streaming),
        () => numbers.Map(number => number + 1),
        () => numbers.Transform(rdd => rdd),
        () => numbers.Print(),
        () => streaming.Add(new NoPipeline()),
    ];

    private static int[] Collect(EngineContext engine)
    {
        using var scope = new EvaluationScope(engine.CreateServices(new Planner(useLoops: false, new PlanReport())), null, CancellationToken.None);
        return new Rdd<int>(scope, new ParallelizeNode<int>([.. Enumerable.Range(1, 100)], 4), null).Collect();
    }

    private sealed class NoPipeline : IStreamingPipeline
    {
        public void Define(StreamingContext streaming) => Assert.Fail("Define was called");
    }
}
