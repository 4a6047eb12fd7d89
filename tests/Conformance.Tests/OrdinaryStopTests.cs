namespace CodegenStreaming.Conformance;

public sealed class OrdinaryStopTests
{
    [Fact]
    public async Task WhatRunsIsCancelled_AndTheRestIsDropped()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var batches = new List<BatchTime>();
        input.Stream.ForeachRdd((rdd, time) =>
        {
            batches.Add(time);
            rdd.FlatMap(_ => Endless()).Foreach(_ => running.TrySetResult());
        });
        test.Start();
        input.Add(1);
        test.Time.Advance(TimeSpan.FromSeconds(1));
        await running.Task;
        test.Time.Advance(TimeSpan.FromSeconds(1));

        await test.Streaming.StopAsync(graceful: false, TestContext.Current.CancellationToken);

        Assert.Equal([test.BatchTimeOf(1)], batches);
        Assert.Equal(0, test.Streaming.Engine.Pool.Outstanding);
        test.Streaming.AwaitTermination();
    }

    [Fact]
    public async Task JobThatDoesNotEnd_IsLeftBehind_WithAWarning()
    {
        using var log = new RecordedLog();
        using var running = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = log });
        test.AddSource<int>().Stream.ForeachRdd(_ =>
        {
            running.Release();
            release.Wait(CancellationToken.None);
        });
        test.Start();
        test.Time.Advance(TimeSpan.FromSeconds(1));
        await running.WaitAsync(TestContext.Current.CancellationToken);

        var stopping = test.Streaming.StopAsync(graceful: false, TestContext.Current.CancellationToken);
        while (!stopping.IsCompleted)
        {
            test.Time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        await stopping;
        Assert.Equal(StreamingContextState.Stopped, test.Streaming.State);
        Assert.Contains(log.Warnings, line => line.Contains("did not end within 00:00:02 of the stop", StringComparison.Ordinal));
        release.Set();
        await test.Streaming.Run!.Ledger.WaitUntilIdleAsync();
    }

    [Fact]
    public async Task InputIsToldThatTheStopIsNotGraceful()
    {
        var told = new List<bool>();
        await using var test = new StreamingTest();
        var input = new GivenInput<int>
        {
            OnStop = graceful =>
            {
                told.Add(graceful);
                return Task.CompletedTask;
            },
        };
        input.AddTo(test.Streaming).Print();
        test.Start();

        await test.Streaming.StopAsync(graceful: false, TestContext.Current.CancellationToken);

        Assert.Equal([false], told);
    }

    [Fact]
    public async Task InputThatFailsToStop_IsLogged_AndHoldsUpNobody()
    {
        using var log = new RecordedLog();
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = log });
        var others = 0;
        new GivenInput<int> { OnStop = _ => throw new IOException("stuck") }.AddTo(test.Streaming).Print();
        new GivenInput<int> { OnStop = _ => Task.FromResult(others++) }.AddTo(test.Streaming).Print();
        test.Start();

        await test.StopAsync();

        Assert.Equal(1, others);
        Assert.Single(log.Lines, line => line.Exception?.Message == "stuck");
        test.Streaming.AwaitTermination();
    }

    [Fact]
    public async Task StopsFromSeveralThreads_AllReturnWhenTheContextIsStopped()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        input.Stream.Print();
        test.Start();
        input.Add(1);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(
            () =>
            {
                test.Streaming.Stop(graceful: number % 2 == 0);
                Assert.Equal(StreamingContextState.Stopped, test.Streaming.State);
            },
            TestContext.Current.CancellationToken)));
    }

    private static IEnumerable<int> Endless()
    {
        while (true)
        {
            yield return 1;
        }
    }
}
