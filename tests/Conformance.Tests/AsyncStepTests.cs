using System.Collections.Concurrent;

namespace CodegenStreaming.Conformance;

/// <summary>Asynchronous steps of a stream: what they hold up, and what a stop does to them.</summary>
public sealed class AsyncStepTests
{
    [Fact]
    public async Task Stop_CancelsTheCalls()
    {
        var log = new RecordedLog();
        await using var stream = new VirtualStream(loggerFactory: log);
        var input = new GivenInput<int>();
        var (called, cancelled) = (NewSignal(), 0);
        input.AddTo(stream.Streaming).MapAsync(async (number, cancellation) =>
        {
            called.TrySetResult();
            try
            {
                await Task.Delay(-1, cancellation);
                return number;
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref cancelled);
                throw;
            }
        }).ForeachRdd(rdd => rdd.Count());
        stream.Streaming.Start();
        input.Give(1);
        stream.Time.Advance(TimeSpan.FromSeconds(1));
        await called.Task;

        await stream.Streaming.StopAsync(graceful: false, TestContext.Current.CancellationToken);

        Assert.Equal(1, cancelled);
        Assert.Empty(log.Warnings);
        stream.Streaming.AwaitTermination();
    }

    [Fact]
    public async Task GracefulStop_WaitsForTheCalls()
    {
        await using var stream = new VirtualStream();
        var input = new GivenInput<int>();
        var (called, answer) = (NewSignal(), NewSignal());
        var sum = 0;
        input.AddTo(stream.Streaming).MapAsync(async (number, _) =>
        {
            called.TrySetResult();
            await answer.Task;
            return number;
        }).ForeachRdd(rdd => sum += rdd.Reduce((a, b) => a + b));
        stream.Streaming.Start();
        input.Give(1, 2, 3);
        stream.Time.Advance(TimeSpan.FromSeconds(1));
        await called.Task;

        var stopping = stream.StopGracefullyAsync();
        Assert.Equal(StreamingContextState.Active, stream.Streaming.State);
        answer.SetResult();
        await stopping;

        Assert.Equal(6, sum);
    }

    [Fact]
    public async Task WhileCallsAreWaitedFor_RecordsAreReceivedAndBatchesMade()
    {
        await using var stream = new VirtualStream(options => options.Master = "local[1]");
        var input = new GivenInput<int>();
        var answer = NewSignal();
        var times = new ConcurrentQueue<BatchTime>();
        input.AddTo(stream.Streaming).MapAsync(async (number, _) =>
        {
            await answer.Task;
            return number;
        }).ForeachRdd((rdd, time) =>
        {
            Assert.Equal([times.Count], rdd.Collect());
            times.Enqueue(time);
        });
        stream.Streaming.Start();
        for (var batch = 0; batch < 5; batch++)
        {
            input.Give(batch);
            stream.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(stream.BatchTimeOf(batch + 1), stream.Streaming.Run!.Ledger.LastMade);
            Assert.False(input.HasPending);
        }

        answer.SetResult();
        await stream.Streaming.Run!.Ledger.WaitForAsync(stream.BatchTimeOf(5));

        Assert.Equal(Enumerable.Range(1, 5).Select(stream.BatchTimeOf), times);
    }

    [Fact]
    public async Task TimeOutsAndDelays_GoByTheContextsClock()
    {
        await using var stream = new VirtualStream(options => options.BatchInterval = TimeSpan.FromMinutes(1));
        var input = new GivenInput<int>();
        var (calls, results) = (0, new List<int>());
        input.AddTo(stream.Streaming).MapAsync(
            async (number, cancellation) =>
            {
                await (Interlocked.Increment(ref calls) < 3 ? Task.Delay(-1, cancellation) : Task.CompletedTask);
                return number;
            },
            new AsyncStepOptions { Timeout = TimeSpan.FromMinutes(10), MaxAttempts = 3, RetryDelay = TimeSpan.FromMinutes(5) }).ForeachRdd(rdd => results.AddRange(rdd.Collect()));
        stream.Streaming.Start();
        input.Give(7);
        stream.Time.Advance(TimeSpan.FromMinutes(1));

        var done = stream.Streaming.Run!.Ledger.WaitForAsync(stream.BatchTimeOf(1));
        while (!done.IsCompleted)
        {
            stream.Time.Advance(TimeSpan.FromSeconds(20)); // With a timer of the machine's, this would go on for half an hour.
            await Task.Yield();
        }

        await done;
        Assert.Equal([7], results);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task AFailure_ComesOutOfAwaitTermination_WithBatchOperatorAndPartition()
    {
        await using var stream = new VirtualStream();
        var input = new GivenInput<int>();
        input.AddTo(stream.Streaming).MapAsync(async (number, _) =>
        {
            await Task.Yield();
            return number == 3 ? throw new HttpRequestException("no answer") : number;
        }).Named("prices").Print();
        stream.Streaming.Start();
        input.Give(1);
        input.Give(2, 3);
        var time = await stream.AdvanceAsync();

        var failure = Assert.Throws<StreamingTaskException>(stream.Streaming.AwaitTermination);

        Assert.Equal((time, "MapAsync", 1), (failure.BatchTime, failure.OperatorName, failure.Partition));
        Assert.StartsWith("MapAsync 'prices' failed", failure.Message, StringComparison.Ordinal);
        Assert.IsType<HttpRequestException>(failure.InnerException);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
