using System.Collections.Concurrent;
using CodegenStreaming.Tests.Execution;
using Microsoft.Extensions.Time.Testing;

namespace CodegenStreaming.Tests.Rdds.Asynchronous;

/// <summary>Calls that fail, take too long, or are no longer wanted.</summary>
public sealed class AsyncFailureTests
{
    private static readonly int[][] Given = [[1, 2], [3, 4, 13, 5]];

    private static readonly AsyncStepOptions Thrice = new() { MaxAttempts = 3, RetryDelay = TimeSpan.Zero };

    public static TheoryData<string, string> Failures => new()
    {
        { "MapAsync at once", "MapAsync" },
        { "MapAsync later", "MapAsync" },
        { "MapAsync by its task", "MapAsync" },
        { "MapAsync unordered", "MapAsync" },
        { "FilterAsync", "FilterAsync" },
        { "FlatMapAsync", "FlatMapAsync" },
        { "FlatMapAsync while enumerated", "FlatMapAsync" },
        { "before", "Map" },
        { "behind", "Map" },
        { "between", "Filter" },
        { "the first of two", "MapAsync" },
        { "the second of two", "FilterAsync" },
        { "the end", "Foreach" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void AFailure_NamesOperatorPartitionAndBatch_AndNoCallIsRepeatedForIt(string function, string operatorName)
    {
        using var engine = new TestEngine();
        engine.Batch(scope =>
        {
            var calls = new ConcurrentQueue<int>();
            var failure = Assert.Throws<StreamingTaskException>(() => Run(engine.Given(scope, Given), function, calls));
            Assert.Equal((operatorName, 1, (BatchTime?)new BatchTime(1000)), (failure.OperatorName, failure.Partition, failure.BatchTime));
            Assert.Equal("thirteen", Assert.IsType<InvalidDataException>(failure.InnerException).Message);
            Assert.Equal(calls.Distinct().Count(), calls.Count);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ACallThatFails_IsAttemptedAgain(bool atOnce)
    {
        using var engine = new TestEngine();
        engine.Batch(scope =>
        {
            var calls = new ConcurrentDictionary<int, int>();
            var results = engine.Given(scope, Given).MapAsync(
                (value, _) => calls.AddOrUpdate(value, 1, (_, count) => count + 1) <= value % 3 ? Fail<int>(atOnce) : new ValueTask<int>(value), Thrice).Collect();
            Assert.Equal(Given.SelectMany(part => part), results);
            Assert.All(calls, call => Assert.Equal((call.Key % 3) + 1, call.Value));
        });
    }

    [Fact]
    public void ACall_IsAttemptedAsOftenAsAllowed_AndATaskToo()
    {
        using var engine = new TestEngine(maxFailures: 2);
        engine.Batch(scope =>
        {
            var calls = 0;
            var failure = Assert.Throws<StreamingTaskException>(() => engine.Given(scope, [1]).MapAsync(
                (_, _) =>
                {
                    Interlocked.Increment(ref calls);
                    return Fail<int>(atOnce: false);
                },
                Thrice).Count());
            Assert.Equal(2 * 3, calls);
            Assert.Matches("^MapAsync failed.*after 2 attempts", failure.Message);
        });
    }

    [Fact]
    public void OnlyFailuresThatAreWorthIt_AreAttemptedAgain()
    {
        using var engine = new TestEngine();
        engine.Batch(scope =>
        {
            var calls = 0;
            var step = engine.Given(scope, [1]).MapAsync<int>(
                (_, _) => ++calls < 3 ? throw new HttpRequestException() : throw new InvalidDataException("thirteen"),
                new AsyncStepOptions { MaxAttempts = 10, RetryDelay = TimeSpan.Zero, RetryOn = exception => exception is HttpRequestException });
            Assert.IsType<InvalidDataException>(Assert.Throws<StreamingTaskException>(() => step.Count()).InnerException);
            Assert.Equal(3, calls);
        });
    }

    [Fact]
    public async Task DelaysGrow_OnTheEnginesClock()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        using var engine = new TestEngine(time: time);
        var attempts = new ConcurrentQueue<DateTimeOffset>();
        await AdvanceUntilDoneAsync(time, TimeSpan.FromMilliseconds(10), () => engine.Batch(scope => Assert.Throws<StreamingTaskException>(() =>
            engine.Given(scope, [1]).MapAsync(
                (_, _) =>
                {
                    attempts.Enqueue(time.GetUtcNow());
                    return Fail<int>(atOnce: true);
                },
                new AsyncStepOptions { MaxAttempts = 4, RetryDelay = TimeSpan.FromSeconds(1), RetryDelayGrowth = 3, MaxRetryDelay = TimeSpan.FromSeconds(5) }).Count())));

        var delays = attempts.Zip(attempts.Skip(1), (earlier, later) => later - earlier).ToArray();
        Assert.Equal(3, delays.Length);
        Assert.True(delays[0] >= TimeSpan.FromSeconds(1) && delays[1] >= TimeSpan.FromSeconds(3) && delays[2] >= TimeSpan.FromSeconds(5), string.Join(", ", delays));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ACallThatTakesTooLong_IsCancelledAndAttemptedAgain_OrLeftAlone(bool heedsItsToken)
    {
        var time = new FakeTimeProvider();
        using var engine = new TestEngine(time: time);
        var (calls, cancelled) = (0, 0);
        await AdvanceUntilDoneAsync(time, TimeSpan.FromSeconds(1), () => engine.Batch(scope => Assert.Equal([1, 2], engine.Given(scope, [1, 2]).MapAsync(
            async (value, cancellation) =>
            {
                if (Interlocked.Increment(ref calls) == 1)
                {
                    using var registration = cancellation.Register(() => Interlocked.Increment(ref cancelled));
                    await Task.Delay(-1, heedsItsToken ? cancellation : CancellationToken.None);
                }

                return value;
            },
            new AsyncStepOptions { Timeout = TimeSpan.FromSeconds(5), MaxAttempts = 2, RetryDelay = TimeSpan.Zero }).Collect())));
        Assert.Equal((3, 1), (calls, cancelled));
    }

    [Fact]
    public async Task ACallThatTakesTooLong_Fails()
    {
        var time = new FakeTimeProvider();
        using var engine = new TestEngine(time: time);
        await AdvanceUntilDoneAsync(time, TimeSpan.FromSeconds(1), () => engine.Batch(scope =>
        {
            var failure = Assert.Throws<StreamingTaskException>(() => engine.Given(scope, Given).FilterAsync(
                async (_, cancellation) =>
                {
                    await Task.Delay(-1, cancellation);
                    return true;
                },
                new AsyncStepOptions { Timeout = TimeSpan.FromSeconds(5) }).Count());
            Assert.Equal("FilterAsync", failure.OperatorName);
            Assert.Contains("was not done within 00:00:05", Assert.IsType<TimeoutException>(failure.InnerException).Message, StringComparison.Ordinal);
        }));
    }

    [Fact]
    public async Task ACancelledBatch_CancelsItsCalls_AndWaitsForTheirEnd()
    {
        using var cancelling = new CancellationTokenSource();
        using var engine = new TestEngine(maxFailures: 5, cancellation: cancelling.Token);
        var (running, calls) = (0, 0);
        var bothRun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var batch = Task.Run(() => engine.Batch(scope => Assert.ThrowsAny<OperationCanceledException>(() => engine.Given(scope, [1, 2, 3]).MapAsync(
            async (value, cancellation) =>
            {
                if (Interlocked.Increment(ref running) == 2)
                {
                    bothRun.SetResult();
                }

                Interlocked.Increment(ref calls);
                try
                {
                    await Task.Delay(-1, cancellation);
                    return value;
                }
                finally
                {
                    await Task.Yield();
                    Interlocked.Decrement(ref running);
                }
            },
            new AsyncStepOptions { MaxConcurrency = 2, MaxAttempts = 7 }).Collect())), TestContext.Current.CancellationToken);
        await bothRun.Task;
        await cancelling.CancelAsync();
        await batch;
        Assert.Equal((0, 2), (running, calls));
    }

    [Fact]
    public void WhoLeavesEarly_CancelsTheCallsThatStillRun()
    {
        using var engine = new TestEngine();
        engine.Batch(scope =>
        {
            var (running, cancelled) = (0, 0);
            Assert.Equal([1], engine.Given(scope, [1, 2, 3]).MapAsync(
                async (value, cancellation) =>
                {
                    Interlocked.Increment(ref running);
                    try
                    {
                        await Task.Delay(value == 1 ? 0 : -1, cancellation);
                        return value;
                    }
                    catch (OperationCanceledException)
                    {
                        Interlocked.Increment(ref cancelled);
                        throw;
                    }
                    finally
                    {
                        Interlocked.Decrement(ref running);
                    }
                }).Take(1));
            Assert.Equal(0, running);
            Assert.InRange(cancelled, 0, 2);
        });
    }

    [Fact]
    public void AfterAFailure_NoFurtherCallIsBegun()
    {
        using var engine = new TestEngine(threads: 1);
        engine.Batch(scope =>
        {
            var calls = 0;
            Assert.Throws<StreamingTaskException>(() => engine.Given(scope, Enumerable.Range(0, 1000).ToArray()).MapAsync(
                (value, _) =>
                {
                    calls++;
                    return value == 3 ? Fail<int>(atOnce: true) : new ValueTask<int>(value);
                },
                new AsyncStepOptions { Ordered = false }).Count());
            Assert.Equal(4, calls);
        });
    }

    public static TheoryData<string, AsyncStepOptions> Wrong => new()
    {
        { "MaxConcurrency is '0'", new AsyncStepOptions { MaxConcurrency = 0 } },
        { "MaxAttempts is '0'", new AsyncStepOptions { MaxAttempts = 0 } },
        { "Timeout is '00:00:00'", new AsyncStepOptions { Timeout = TimeSpan.Zero } },
        { "RetryDelay is '-00:00:01'", new AsyncStepOptions { RetryDelay = TimeSpan.FromSeconds(-1) } },
        { "RetryDelayGrowth is '0.5'", new AsyncStepOptions { RetryDelayGrowth = 0.5 } },
        { "MaxRetryDelay is '41.00:00:00'", new AsyncStepOptions { MaxRetryDelay = TimeSpan.FromDays(41) } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void AWrongSetting_IsRefusedWhereTheOperatorIsCalled(string message, AsyncStepOptions options)
    {
        using var engine = new TestEngine();
        engine.Batch(scope => Assert.Contains(
            message, Assert.Throws<ArgumentException>(() => engine.Given(scope, [1]).MapAsync((value, _) => new ValueTask<int>(value), options)).Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(8, 12_800)]
    [InlineData(10, 30_000)]
    [InlineData(2000, 30_000)]
    public void TheDelays_GrowUpToTheLongest(int attempt, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), new AsyncStepOptions().DelayAfter(attempt));

    private static void Run(Rdd<int> rdd, string function, ConcurrentQueue<int> calls)
    {
        var unordered = new AsyncStepOptions { Ordered = false };
        switch (function)
        {
            case "MapAsync at once": rdd.MapAsync((value, _) => new ValueTask<int>(Thrown(Called(value)))).Collect(); break;
            case "MapAsync later": rdd.MapAsync((value, _) => Later(Called(value))).Count(); break;
            case "MapAsync by its task": rdd.MapAsync((value, _) => Later(Called(value)).AsTask()).Count(); break;
            case "MapAsync unordered": rdd.MapAsync((value, _) => Later(Called(value)), unordered).Count(); break;
            case "FilterAsync": rdd.FilterAsync(async (value, _) => await Later(Called(value)) > 0).Map(value => value).Count(); break;
            case "FlatMapAsync": rdd.FlatMapAsync(async (value, _) => new[] { await Later(Called(value)) }).Count(); break;
            case "FlatMapAsync while enumerated": rdd.FlatMapAsync(async (value, _) => ThrownLater(await Fine(Called(value)))).Map(value => value).Count(); break;
            case "before": rdd.Map(Thrown).MapAsync((value, _) => Fine(Called(value))).Filter(value => value > 0).Count(); break;
            case "behind": rdd.MapAsync((value, _) => Fine(Called(value))).Map(Thrown).Map(value => (value, 1)).ReduceByKey((left, _) => left).Count(); break;
            case "between":
                rdd.MapAsync((value, _) => Fine(Called(value))).Filter(value => Thrown(value) > 0).MapAsync((value, _) => Fine(value)).Collect();
                break;
            case "the first of two": rdd.MapAsync((value, _) => Later(Called(value))).FilterAsync(async (value, _) => await Fine(value) > 0).Count(); break;
            case "the second of two": rdd.MapAsync((value, _) => Fine(Called(value))).FilterAsync(async (value, _) => await Later(value) > 0).Count(); break;
            case "the end": rdd.MapAsync((value, _) => Fine(Called(value))).Foreach(value => Thrown(value)); break;
            default: throw new ArgumentOutOfRangeException(nameof(function));
        }

        int Called(int value)
        {
            calls.Enqueue(value);
            return value;
        }
    }

    private static int Thrown(int value) => value == 13 ? throw new InvalidDataException("thirteen") : value;

    private static IEnumerable<int> ThrownLater(int value)
    {
        yield return value;
        yield return Thrown(value);
    }

    private static async ValueTask<int> Later(int value)
    {
        await Task.Yield();
        return Thrown(value);
    }

    private static async ValueTask<int> Fine(int value)
    {
        await Task.Yield();
        return value;
    }

    private static ValueTask<T> Fail<T>(bool atOnce) => atOnce ? throw new InvalidDataException("thirteen") : FailLater<T>();

    private static async ValueTask<T> FailLater<T>()
    {
        await Task.Yield();
        throw new InvalidDataException("thirteen");
    }

    /// <summary>Runs something that waits for the clock, and lets the clock go on until it is done.</summary>
    private static async Task AdvanceUntilDoneAsync(FakeTimeProvider time, TimeSpan step, Action run)
    {
        var running = Task.Run(run);
        while (!running.IsCompleted)
        {
            time.Advance(step);
            await Task.Yield();
        }

        await running;
    }
}
