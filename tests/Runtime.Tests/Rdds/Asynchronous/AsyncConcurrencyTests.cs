using CodegenStreaming.Tests.Execution;

namespace CodegenStreaming.Tests.Rdds.Asynchronous;

/// <summary>How many calls run at once, and in which order their results come.</summary>
public sealed class AsyncConcurrencyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 4, 1)]
    [InlineData(2, 3, 2)]
    [InlineData(2, 16, 7)]
    [InlineData(1, 40, 2)]
    public void SoManyCallsRunAtOnce_AndNeverMore(int threads, int limit, int partitions)
    {
        using var engine = new TestEngine(threads);
        engine.Batch(scope =>
        {
            var (running, most) = (0, 0);
            var isFull = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var given = engine.Given(scope, [.. Enumerable.Range(0, partitions).Select(part => Enumerable.Range(part * 100, 50).ToArray())]);

            var results = given.MapAsync(
                async (value, _) =>
                {
                    var now = Interlocked.Increment(ref running);
                    InterlockedMax(ref most, now);
                    if (now == limit)
                    {
                        isFull.TrySetResult();
                    }

                    await isFull.Task.WaitAsync(Limit, CancellationToken.None); // The first calls wait for as many as there may be.
                    await Task.Yield();
                    Interlocked.Decrement(ref running);
                    return value;
                },
                new AsyncStepOptions { MaxConcurrency = limit }).Collect();

            Assert.Equal(Enumerable.Range(0, partitions).SelectMany(part => Enumerable.Range(part * 100, 50)), results);
            Assert.Equal(limit, most);
        });
    }

    [Fact]
    public void TwoStepsOfOneChain_ShareNeitherLimitNorFate()
    {
        using var engine = new TestEngine(threads: 2);
        var one = new AsyncStepOptions { MaxConcurrency = 1 };
        for (var round = 0; round < 50; round++)
        {
            engine.Batch(scope => Assert.Equal(
                200,
                engine.Given(scope, [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 50).ToArray())])
                    .MapAsync(async (value, _) => await Later(value), one).MapAsync(async (value, _) => await Later(value), one).Count()));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheSecondCallEndsFirst_AndIsGivenFirst_OnlyWhereTheOrderDoesNotMatter(bool ordered)
    {
        using var engine = new TestEngine(threads: 1);
        engine.Batch(scope =>
        {
            var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var seen = new List<int>();
            engine.Given(scope, [1, 2]).MapAsync(
                async (value, _) =>
                {
                    await (value == 1 ? second.Task.WaitAsync(Limit, CancellationToken.None) : Task.Yield().AsTask());
                    if (ordered && value == 2)
                    {
                        second.SetResult();
                    }

                    return value;
                },
                new AsyncStepOptions { Ordered = ordered }).Foreach(value =>
                {
                    seen.Add(value);
                    second.TrySetResult();
                });
            Assert.Equal(ordered ? [1, 2] : [2, 1], seen);
        });
    }

    [Fact]
    public void ACallThatIsDoneAtOnce_AllocatesNothing()
    {
        const int Records = 20_000;
        using var engine = new TestEngine(threads: 1);
        engine.Batch(scope =>
        {
            var step = engine.Given(scope, Enumerable.Range(0, Records).ToArray()).MapAsync(
                static (value, _) => new ValueTask<int>(value + 1), new AsyncStepOptions { Timeout = TimeSpan.FromSeconds(1), MaxAttempts = 3 });
            Assert.Equal(Records, step.Count());
            var before = GC.GetAllocatedBytesForCurrentThread(); // The only task thread's place is this thread's.
            Assert.Equal(Records, step.Count());
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, Records);
        });
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value;)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static async Task<int> Later(int value)
    {
        await Task.Yield();
        return value;
    }
}

internal static class Yielding
{
    public static async Task AsTask(this System.Runtime.CompilerServices.YieldAwaitable yielding) => await yielding;
}
