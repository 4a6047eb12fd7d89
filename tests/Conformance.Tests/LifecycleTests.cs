using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming.Conformance;

public sealed class LifecycleTests
{
    [Fact]
    public async Task State_GoesFromInitializedToActiveToStopped()
    {
        await using var test = Defined(out _);
        Assert.Equal(StreamingContextState.Initialized, test.Streaming.State);

        test.Start();
        Assert.Equal(StreamingContextState.Active, test.Streaming.State);

        test.Streaming.Stop();
        Assert.Equal(StreamingContextState.Stopped, test.Streaming.State);
    }

    [Fact]
    public async Task Start_WarnsAndDoesNothing_WhenStarted()
    {
        var log = new RecordedLog();
        var starts = 0;
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = log });
        new GivenInput<int> { OnStart = () => starts++ }.AddTo(test.Streaming).Print();

        test.Streaming.Start();
        test.Streaming.Start();

        Assert.Equal(StreamingContextState.Active, test.Streaming.State);
        Assert.Equal(1, starts);
        Assert.Single(log.Warnings, line => line.Contains("Start was called", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_IsRefused_AfterStop(bool startedBefore)
    {
        await using var test = Defined(out _);
        if (startedBefore)
        {
            test.Start();
        }

        test.Streaming.Stop();

        var refusal = Assert.Throws<ContextStoppedException>(test.Streaming.Start);
        Assert.Contains("stop", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(StreamingContextState.Stopped, test.Streaming.State);
    }

    [Fact]
    public async Task Stop_MayBeCalledAnyNumberOfTimes_AlsoBeforeStart()
    {
        await using var test = Defined(out _);
        test.Streaming.Stop();
        test.Streaming.Stop(graceful: true);
        await test.Streaming.StopAsync(graceful: true, TestContext.Current.CancellationToken);
        Assert.Equal(StreamingContextState.Stopped, test.Streaming.State);
    }

    [Fact]
    public async Task Stop_LeavesTheEngineUsable_WhenToldSo()
    {
        using var engine = new EngineContext("test", "local[2]");
        for (var round = 1; round <= 2; round++)
        {
            var test = new StreamingTest(new StreamingTestOptions { Engine = engine });
            var input = test.AddSource<int>();
            var counts = new List<long>();
            input.Stream.ForeachRdd(rdd => counts.Add(rdd.Count()));
            test.Start();
            input.Add(1, 2, 3);
            await test.AdvanceAsync();
            test.Streaming.Stop(stopEngine: false);
            Assert.Equal([3], counts);
        }

        Assert.Equal(Enumerable.Range(1, 100), Collect(engine));
    }

    [Fact]
    public async Task Stop_StopsTheEngine_AfterAStopThatDidNot()
    {
        using var engine = new EngineContext("test", "local[2]");
        await using var test = new StreamingTest(new StreamingTestOptions { Engine = engine });
        test.AddSource<int>().Stream.Print();
        test.Start();

        test.Streaming.Stop(stopEngine: false);
        test.Streaming.Stop(stopEngine: true);

        Assert.Throws<OperationCanceledException>(() => Collect(engine));
        Assert.Throws<ObjectDisposedException>(() => new StreamingContext(engine, new StreamingOptions()));
    }

    [Fact]
    public async Task Dispose_LeavesAnEngineThatWasGiven()
    {
        using var engine = new EngineContext("test", "local[2]");
        await using (var test = new StreamingTest(new StreamingTestOptions { Engine = engine }))
        {
            test.AddSource<int>().Stream.Print();
            test.Start();
        }

        Assert.Equal(100, Collect(engine).Length);
    }

    [Fact]
    public async Task FailedStart_LeavesAStoppedContext()
    {
        using var engine = new EngineContext("test", "local[2]");
        await using var test = new StreamingTest(new StreamingTestOptions { Engine = engine });
        var stopped = new List<string>();
        new GivenInput<int> { OnStop = _ => Stopped("first") }.AddTo(test.Streaming).Print();
        new GivenInput<int> { OnStart = () => throw new IOException("no such device"), OnStop = _ => Stopped("second") }.AddTo(test.Streaming).Print();

        var failure = Assert.Throws<IOException>(test.Streaming.Start);

        Assert.Equal("no such device", failure.Message);
        Assert.Equal(StreamingContextState.Stopped, test.Streaming.State);
        Assert.Contains("first", stopped);
        test.Streaming.AwaitTermination();
        await using var next = new StreamingTest(new StreamingTestOptions { Engine = engine });
        next.AddSource<int>().Stream.Print();
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
        await using var test = new StreamingTest();
        test.AddSource<int>().Stream.Map(number => number + 1);

        var refusal = Assert.Throws<NoOutputOperationException>(test.Streaming.Start);

        Assert.Contains("No output operations registered, so nothing to execute", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(StreamingContextState.Stopped, test.Streaming.State);
    }

    [Fact]
    public async Task Definition_IsRefused_AfterStart()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>().Stream;
        numbers.Print();
        test.Start();

        foreach (var definition in Definitions(test.Streaming, numbers))
        {
            var refusal = Assert.Throws<ContextStartedException>(definition);
            Assert.Contains("start", refusal.Message, StringComparison.Ordinal);
            Assert.IsType<InvalidOperationException>(refusal, exactMatch: false);
        }
    }

    [Fact]
    public async Task Definition_IsRefused_AfterStop()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>().Stream;
        numbers.Print();
        test.Start();
        test.Streaming.Stop();

        foreach (var definition in Definitions(test.Streaming, numbers))
        {
            Assert.Contains("stop", Assert.Throws<ContextStoppedException>(definition).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SecondContext_IsRefused_OnTheEngineOfAnActiveOne()
    {
        using var engine = new EngineContext("test", "local[2]");
        await using var first = new StreamingTest(new StreamingTestOptions { Streaming = { AppName = "the first" }, Engine = engine });
        first.AddSource<int>().Stream.Print();
        await using var second = new StreamingTest(new StreamingTestOptions { Engine = engine });
        second.AddSource<int>().Stream.Print();
        first.Streaming.Start();

        var refusal = Assert.Throws<ActiveContextException>(second.Streaming.Start);

        Assert.Contains("StreamingContext 'the first'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(StreamingContextState.Active, first.Streaming.State);
    }

    [Fact]
    public async Task UnusedInput_DoesNoHarm()
    {
        await using var test = new StreamingTest();
        test.AddSource<string>();
        var input = test.AddSource<int>();
        var counts = new List<long>();
        input.Stream.ForeachRdd(rdd => counts.Add(rdd.Count()));
        test.Start();

        input.Add(1, 2);
        await test.AdvanceAsync();

        Assert.Equal([2], counts);
    }

    [Fact]
    public async Task EngineThreads_AreFew_AndReceiversOccupyNone()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { Master = "local" } });
        var inputs = Enumerable.Range(0, 4).Select(_ => test.AddSource<int>()).ToArray();
        var total = 0L;
        foreach (var input in inputs)
        {
            input.Stream.ForeachRdd(rdd => total += rdd.Count());
        }

        test.Start();
        Array.ForEach(inputs, input => input.Add(1, 2));
        await test.AdvanceAsync();

        Assert.Equal(1, test.Streaming.Engine.TaskThreadCount);
        Assert.Equal(8, total);
    }

    private static StreamingTest Defined(out TestSource<int> input)
    {
        var test = new StreamingTest();
        input = test.AddSource<int>();
        input.Stream.Print();
        return test;
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
