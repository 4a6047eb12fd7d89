namespace CodegenStreaming.Conformance;

public sealed class OrdinaryStopTests
{
    [Fact]
    public async Task WhatRunsIsCancelled_AndTheRestIsDropped()
    {
        await using var stream = new VirtualStream();
        var input = new GivenInput<int>();
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var batches = new List<BatchTime>();
        input.AddTo(stream.Streaming).ForeachRdd((rdd, time) =>
        {
            batches.Add(time);
            rdd.FlatMap(_ => Endless()).Foreach(_ => running.TrySetResult());
        });
        stream.Streaming.Start();
        input.Give(1);
        stream.Time.Advance(TimeSpan.FromSeconds(1));
        await running.Task;
        stream.Time.Advance(TimeSpan.FromSeconds(1));

        await stream.Streaming.StopAsync(graceful: false, TestContext.Current.CancellationToken);

        Assert.Equal([stream.BatchTimeOf(1)], batches);
        Assert.Equal(0, stream.Streaming.Engine.Pool.Outstanding);
        stream.Streaming.AwaitTermination();
    }

    [Fact]
    public async Task JobThatDoesNotEnd_IsLeftBehind_WithAWarning()
    {
        using var log = new RecordedLog();
        using var running = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        await using var stream = new VirtualStream(loggerFactory: log);
        new GivenInput<int>().AddTo(stream.Streaming).ForeachRdd(_ =>
        {
            running.Release();
            release.Wait(CancellationToken.None);
        });
        stream.Streaming.Start();
        stream.Time.Advance(TimeSpan.FromSeconds(1));
        await running.WaitAsync(TestContext.Current.CancellationToken);

        var stopping = stream.Streaming.StopAsync(graceful: false, TestContext.Current.CancellationToken);
        while (!stopping.IsCompleted)
        {
            stream.Time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        await stopping;
        Assert.Equal(StreamingContextState.Stopped, stream.Streaming.State);
        Assert.Contains(log.Warnings, line => line.Contains("did not end within 00:00:02 of the stop", StringComparison.Ordinal));
        release.Set();
        await stream.Streaming.Run!.Ledger.WaitUntilIdleAsync();
    }

    [Fact]
    public async Task InputIsToldThatTheStopIsNotGraceful()
    {
        var told = new List<bool>();
        await using var stream = new VirtualStream();
        var input = new GivenInput<int>
        {
            OnStop = graceful =>
            {
                told.Add(graceful);
                return Task.CompletedTask;
            },
        };
        input.AddTo(stream.Streaming).Print();
        stream.Streaming.Start();

        await stream.Streaming.StopAsync(graceful: false, TestContext.Current.CancellationToken);

        Assert.Equal([false], told);
    }

    [Fact]
    public async Task InputThatFailsToStop_IsLogged_AndHoldsUpNobody()
    {
        using var log = new RecordedLog();
        await using var stream = new VirtualStream(loggerFactory: log);
        var others = 0;
        new GivenInput<int> { OnStop = _ => throw new IOException("stuck") }.AddTo(stream.Streaming).Print();
        new GivenInput<int> { OnStop = _ => Task.FromResult(others++) }.AddTo(stream.Streaming).Print();
        stream.Streaming.Start();

        await stream.StopGracefullyAsync();

        Assert.Equal(1, others);
        Assert.Single(log.Lines, line => line.Exception?.Message == "stuck");
        stream.Streaming.AwaitTermination();
    }

    [Fact]
    public async Task StopsFromSeveralThreads_AllReturnWhenTheContextIsStopped()
    {
        await using var stream = new VirtualStream();
        var input = new GivenInput<int>();
        input.AddTo(stream.Streaming).Print();
        stream.Streaming.Start();
        input.Give(1);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(
            () =>
            {
                stream.Streaming.Stop(graceful: number % 2 == 0);
                Assert.Equal(StreamingContextState.Stopped, stream.Streaming.State);
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
