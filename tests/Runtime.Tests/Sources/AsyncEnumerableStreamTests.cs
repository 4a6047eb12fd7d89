using System.Runtime.CompilerServices;

namespace CodegenStreaming.Tests.Sources;

public sealed class AsyncEnumerableStreamTests
{
    private const int Failed = 2001;
    private const int Ended = 2002;

    [Fact]
    public async Task Records_ComeInTheirOrder_AndTheEndIsQuiet()
    {
        await using var run = new InputRun<int>(context => context.AsyncEnumerableStream(Numbers(1000))).Start();

        Assert.Equal(Enumerable.Range(0, 1000).Select(number => $"{number}"), await run.TakeAsync(1000));
        await Eventually.True(() => run.Log.Count(Ended) == 1, "the end");
        Assert.Empty(run.Log.Warnings);
    }

    [Fact]
    public async Task Record_DoesNotWaitForTheNextOne()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var run = new InputRun<int>(context => context.AsyncEnumerableStream(Gated(gate.Task))).Start();

        Assert.Equal(["1", "2"], await run.TakeAsync(2));
        gate.SetResult();
        Assert.Equal(["3"], await run.TakeAsync(1));
    }

    [Fact]
    public async Task Failure_IsLogged_AfterWhatCameBeforeIt()
    {
        await using var run = new InputRun<int>(context => context.AsyncEnumerableStream(Failing())).Start();

        Assert.Equal(["1", "2"], await run.TakeAsync(2));
        await Eventually.True(() => run.Log.Count(Failed) == 1, "the failure");
        Assert.Equal("broken", Assert.Single(run.Log.Warnings).Exception!.Message);
    }

    [Fact]
    public async Task Stop_CancelsTheSequence_AndDisposesOfIt()
    {
        var disposed = new TaskCompletionSource();
        await using var run = new InputRun<int>(context => context.AsyncEnumerableStream(Endless(disposed))).Start();
        Assert.Equal(["1"], await run.TakeAsync(1));

        Assert.Empty(await run.StopAsync());

        Assert.True(disposed.Task.IsCompletedSuccessfully);
        Assert.Empty(run.Log.Warnings);
    }

    [Fact]
    public async Task StopAtOnce_DoesNotWaitForASequenceThatIgnoresItsToken()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var disposed = new TaskCompletionSource();
        await using var run = new InputRun<int>(context => context.AsyncEnumerableStream(Stubborn(gate.Task, disposed))).Start();
        Assert.Equal(["1"], await run.TakeAsync(1));

        await run.Input.StopAsync(graceful: false);

        Assert.False(disposed.Task.IsCompleted);
        gate.SetResult();
        await disposed.Task; // Once its step is over.
    }

    [Fact]
    public async Task FullMemory_HoldsTheSequenceUp_AndLosesNothing()
    {
        const int total = 20_000;
        await using var run = new InputRun<int>(context => context.AsyncEnumerableStream(Numbers(total)), maxPendingBytes: 1024).Start();
        await Eventually.True(() => run.Memory.IsFull, "the bound");

        Assert.Equal(Enumerable.Range(0, total).Select(number => $"{number}"), await run.TakeAsync(total));
    }

    private static async IAsyncEnumerable<int> Numbers(int count)
    {
        for (var number = 0; number < count; number++)
        {
            if (number % 100 == 0)
            {
                await Task.Yield();
            }

            yield return number;
        }
    }

    private static async IAsyncEnumerable<int> Gated(Task gate)
    {
        yield return 1;
        yield return 2;
        await gate;
        yield return 3;
    }

    private static async IAsyncEnumerable<int> Failing()
    {
        yield return 1;
        await Task.Yield();
        yield return 2;
        throw new IOException("broken");
    }

    private static async IAsyncEnumerable<int> Endless(TaskCompletionSource disposed, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            yield return 1;
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }
        finally
        {
            disposed.SetResult();
        }
    }

    private static async IAsyncEnumerable<int> Stubborn(Task gate, TaskCompletionSource disposed)
    {
        try
        {
            yield return 1;
            await gate;
            yield return 2;
        }
        finally
        {
            disposed.SetResult();
        }
    }
}
