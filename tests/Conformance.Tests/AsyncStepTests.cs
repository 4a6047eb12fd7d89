using System.Collections.Concurrent;

namespace CodegenStreaming.Conformance;

/// <summary>Asynchronous steps of a stream: what they hold up, and what a stop does to them.</summary>
public sealed class AsyncStepTests
{
    [Fact]
    public async Task Stop_CancelsTheCalls()
    {
        var log = new RecordedLog();
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = log });
        var input = test.AddSource<int>();
        var (called, cancelled) = (NewSignal(), 0);
        input.Stream.MapAsync(async (number, cancellation) =>
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
        test.Start();
        input.Add(1);
        test.Time.Advance(TimeSpan.FromSeconds(1));
        await called.Task;

        await test.Streaming.StopAsync(graceful: false, TestContext.Current.CancellationToken);

        Assert.Equal(1, cancelled);
        Assert.Empty(log.Warnings);
        test.Streaming.AwaitTermination();
    }

    [Fact]
    public async Task GracefulStop_WaitsForTheCalls()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        var (called, answer) = (NewSignal(), NewSignal());
        var sum = 0;
        input.Stream.MapAsync(async (number, _) =>
        {
            called.TrySetResult();
            await answer.Task;
            return number;
        }).ForeachRdd(rdd => sum += rdd.Reduce((a, b) => a + b));
        test.Start();
        input.Add(1, 2, 3);
        test.Time.Advance(TimeSpan.FromSeconds(1));
        await called.Task;

        var stopping = test.StopAsync();
        Assert.Equal(StreamingContextState.Active, test.Streaming.State);
        answer.SetResult();
        await stopping;

        Assert.Equal(6, sum);
    }

    [Fact]
    public async Task WhileCallsAreWaitedFor_RecordsAreReceivedAndBatchesMade()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { Master = "local[1]" } });
        var input = test.AddSource<int>();
        var answer = NewSignal();
        var times = new ConcurrentQueue<BatchTime>();
        input.Stream.MapAsync(async (number, _) =>
        {
            await answer.Task;
            return number;
        }).ForeachRdd((rdd, time) =>
        {
            Assert.Equal([times.Count], rdd.Collect());
            times.Enqueue(time);
        });
        test.Start();
        for (var batch = 0; batch < 5; batch++)
        {
            input.Add(batch);
            test.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(test.BatchTimeOf(batch + 1), test.Streaming.Run!.Ledger.LastMade);
        }

        answer.SetResult();
        await test.Streaming.Run!.Ledger.WaitForAsync(test.BatchTimeOf(5));

        Assert.Equal(Enumerable.Range(1, 5).Select(test.BatchTimeOf), times);
    }

    [Fact]
    public async Task TimeOutsAndDelays_GoByTheContextsClock()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { BatchInterval = TimeSpan.FromMinutes(1) } });
        var input = test.AddSource<int>();
        var (calls, results) = (0, new List<int>());
        input.Stream.MapAsync(
            async (number, cancellation) =>
            {
                await (Interlocked.Increment(ref calls) < 3 ? Task.Delay(-1, cancellation) : Task.CompletedTask);
                return number;
            },
            new AsyncStepOptions { Timeout = TimeSpan.FromMinutes(10), MaxAttempts = 3, RetryDelay = TimeSpan.FromMinutes(5) }).ForeachRdd(rdd => results.AddRange(rdd.Collect()));
        test.Start();
        input.Add(7);
        test.Time.Advance(TimeSpan.FromMinutes(1));

        var done = test.Streaming.Run!.Ledger.WaitForAsync(test.BatchTimeOf(1));
        while (!done.IsCompleted)
        {
            test.Time.Advance(TimeSpan.FromSeconds(20)); // With a timer of the machine's, this would go on for half an hour.
            await Task.Yield();
        }

        await done;
        Assert.Equal([7], results);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task AFailure_ComesOutOfAwaitTermination_WithBatchOperatorAndPartition()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        input.Stream.MapAsync(async (number, _) =>
        {
            await Task.Yield();
            return number == 3 ? throw new HttpRequestException("no answer") : number;
        }).Named("prices").Print();
        test.Start();
        input.Add(1);
        input.Add(2, 3);
        var time = (await test.ExpectFailureAsync("prices")).BatchTime;

        var failure = Assert.Throws<StreamingTaskException>(test.Streaming.AwaitTermination);

        Assert.Equal((time, "MapAsync", 1), (failure.BatchTime, failure.OperatorName, failure.Partition));
        Assert.StartsWith("MapAsync 'prices' failed", failure.Message, StringComparison.Ordinal);
        Assert.IsType<HttpRequestException>(failure.InnerException);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
