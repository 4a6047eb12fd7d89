using System.Collections.Concurrent;

namespace CodegenStreaming.Conformance;

/// <summary>The asynchronous forms of <c>ForeachRdd</c> are outputs like the others.</summary>
public sealed class AsyncForeachRddTests
{
    private readonly ConcurrentQueue<string> _log = new();

    [Fact]
    public async Task Outputs_RunOneAtATime_InTheOrderOfTheirDefinition()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        var numbers = input.Stream;
        numbers.ForeachRdd(async (rdd, cancellation) =>
        {
            Assert.False(cancellation.IsCancellationRequested);
            for (var turn = 0; turn < 50; turn++)
            {
                await Task.Yield();
            }

            _log.Enqueue($"first {rdd.Count()}");
        });
        numbers.ForeachRdd(rdd => _log.Enqueue($"second {rdd.Count()}"));
        numbers.ForeachRdd(async (rdd, time, _) =>
        {
            await Task.Yield();
            _log.Enqueue($"third {rdd.Count()} of {time == test.BatchTimeOf(1) || time == test.BatchTimeOf(2)}");
        });
        test.Start();
        input.Add(1, 2);
        await test.AdvanceAsync();
        await test.AdvanceAsync();

        Assert.Equal(["first 2", "second 2", "third 2 of True", "first 0", "second 0", "third 0 of True"], _log);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnException_ComesOutAsItWasThrown_AndTheNextOutputRuns(bool atOnce)
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        var numbers = input.Stream;
        numbers.ForeachRdd((_, _) => atOnce ? throw new FormatException("broken") : FailAsync());
        numbers.ForeachRdd(rdd => _log.Enqueue($"second {rdd.Count()}"));
        test.Start();
        input.Add(1);
        await test.ExpectFailureAsync("ForeachRdd");

        Assert.Equal("broken", Assert.Throws<FormatException>(test.Streaming.AwaitTermination).Message);
        Assert.Equal(["second 1"], _log);

        static async Task FailAsync()
        {
            await Task.Yield();
            throw new FormatException("broken");
        }
    }

    [Fact]
    public async Task AnAwaitedAction_FailsLikeAnOther()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        input.Stream.ForeachRdd(async (rdd, _) => await rdd.ForeachAsync((number, _) => number == 2 ? throw new FormatException("two") : Task.CompletedTask));
        test.Start();
        input.Add(1);
        input.Add(2);
        var time = (await test.ExpectFailureAsync("ForeachAsync")).BatchTime;

        var failure = Assert.Throws<StreamingTaskException>(test.Streaming.AwaitTermination);

        Assert.Equal((time, "ForeachAsync", 1), (failure.BatchTime, failure.OperatorName, failure.Partition));
        Assert.IsType<FormatException>(failure.InnerException);
    }

    [Fact]
    public async Task AStop_CancelsTheFunction()
    {
        var log = new RecordedLog();
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = log });
        var input = test.AddSource<int>();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        input.Stream.ForeachRdd(async (_, cancellation) =>
        {
            called.TrySetResult();
            await Task.Delay(-1, cancellation);
        });
        test.Start();
        input.Add(1);
        test.Time.Advance(TimeSpan.FromSeconds(1));
        await called.Task;

        await test.Streaming.StopAsync(graceful: false, TestContext.Current.CancellationToken);

        Assert.Empty(log.Warnings);
        test.Streaming.AwaitTermination();
    }
}
