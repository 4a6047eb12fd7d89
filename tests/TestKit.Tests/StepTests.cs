namespace CodegenStreaming.TestKit.Tests;

/// <summary>Steps that fail, that take too long, or that are expected to fail.</summary>
public sealed class StepTests
{
    [Fact]
    public async Task FailureThatNobodyExpected_FailsTheStep_Once()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        numbers.Stream.Map(number => 12 / number).Named("shares").Print().Named("printed");
        numbers.Add(0);

        var report = await Failing.AssertReportAsync(
            "'printed' (Print) failed in batch 1 (1000000001000 ms): Map 'shares' failed, batch 1000000001000 ms, partition 0: DivideByZeroException: Attempted to divide by zero.",
            () => test.AdvanceAsync());
        Assert.IsType<DivideByZeroException>(report.InnerException?.InnerException);
        await test.AdvanceAsync();
        Assert.Single(test.Failures);
    }

    [Fact]
    public async Task FailuresOfSeveralOutputs_AreAllReported()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        numbers.Stream.ForeachRdd(_ => throw new FormatException("first")).Named("one");
        numbers.Stream.ForeachRdd(_ => throw new FormatException("second"));
        numbers.Stream.Print();

        await Failing.AssertReportAsync(
            """
            'one' (ForeachRdd) failed in batch 1 (1000000001000 ms): FormatException: first
            ForeachRdd failed in batch 1 (1000000001000 ms): FormatException: second
            """,
            () => test.AdvanceAsync(3));
        Assert.Equal(2, test.Failures.Count);
    }

    [Fact]
    public async Task SourceThatFailsABatch_IsReported()
    {
        await using var test = new StreamingTest(streaming =>
            streaming.QueueStream(new Queue<IEnumerable<int>>([Enumerable.Range(0, 3).Select(number => 1 / number)])).Print());

        await Failing.AssertReportAsync(
            "QueueStream failed in batch 1 (1000000001000 ms): DivideByZeroException: Attempted to divide by zero.", () => test.AdvanceAsync());
        await test.AdvanceAsync();
    }

    [Theory]
    [InlineData("Map")]
    [InlineData("shares")]
    [InlineData(null)]
    public async Task ExpectedFailure_IsReturned(string? where)
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        numbers.Stream.Map(number => 12 / number).Named("shares").Print().Named("printed");
        numbers.Add(0);

        var failure = await test.ExpectFailureAsync(where);

        Assert.Equal((test.BatchTimeOf(1), "'printed' (Print)", "Map", "shares"), (failure.BatchTime, failure.Place, failure.OperatorName, failure.StreamName));
        Assert.IsType<DivideByZeroException>(failure.Exception.InnerException);
        await test.AdvanceAsync();
    }

    [Fact]
    public async Task ExpectedFailure_MustHappen_AndWhereItIsExpected()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        numbers.Stream.Filter(number => 12 / number > 0).Print();

        await Failing.AssertReportAsync("Expected batch 1 (1000000001000 ms) to fail; it did not fail.", () => test.ExpectFailureAsync());
        numbers.Add(0);
        await Failing.AssertReportAsync(
            """
            Expected batch 2 (1000000002000 ms) to fail in Map; it failed elsewhere.
            Print failed in batch 2 (1000000002000 ms): Filter failed, batch 1000000002000 ms, partition 0: DivideByZeroException: Attempted to divide by zero.
            """,
            () => test.ExpectFailureAsync("Map"));
    }

    [Fact]
    public async Task BatchThatDoesNotEnd_IsReported_WithWhatRuns()
    {
        using var stuck = new SemaphoreSlim(0);
        await using var test = new StreamingTest(new StreamingTestOptions { Timeout = TimeSpan.FromMilliseconds(50) });
        test.AddSource<int>().Stream.ForeachRdd(_ => stuck.Wait(TestContext.Current.CancellationToken)).Named("slow");

        await Failing.AssertReportAsync(
            "After 0.05 s of real time batch 1 (1000000001000 ms) is not done: 'slow' (ForeachRdd) of batch 1 (1000000001000 ms) is running. "
            + "If a function waits for time to pass, advance Time while the step is under way.",
            () => test.AdvanceAsync());
        stuck.Release();
    }

    [Fact]
    public async Task FunctionThatWaitsForTime_GoesOn_WhenTheTestAdvancesIt()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waited = test.Capture(numbers.Stream.Map(number =>
        {
            var delay = Task.Delay(TimeSpan.FromMilliseconds(300), test.Time);
            waits.SetResult();
            delay.Wait(TestContext.Current.CancellationToken);
            return number;
        }));
        numbers.Add(1);

        var step = test.AdvanceAsync();
        await waits.Task;
        Assert.False(step.IsCompleted);
        test.Time.Advance(TimeSpan.FromMilliseconds(300));
        await step;

        waited.Expect(1);
    }

    [Fact]
    public async Task EndOfATest_FreesFunctionsThatWaitForTime()
    {
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        numbers.Stream.ForeachRdd(_ =>
        {
            var delay = Task.Delay(TimeSpan.FromSeconds(10), test.Time);
            waits.SetResult();
            delay.Wait(CancellationToken.None);
        });
        var step = test.AdvanceAsync();
        await waits.Task;

        await test.DisposeAsync();

        await step;
        Assert.Equal(StreamingContextState.Stopped, test.Streaming.State);
    }

    [Fact]
    public async Task Step_EndsAtTheBatchTime_HoweverLateItBegins()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { BatchInterval = TimeSpan.FromMilliseconds(250) } });
        var seen = new List<DateTimeOffset>();
        test.AddSource<int>().Stream.ForeachRdd(_ =>
        {
            seen.Add(test.Time.GetUtcNow());
            test.Time.Advance(TimeSpan.FromMilliseconds(100));
        });
        for (var batch = 0; batch < 3; batch++)
        {
            await test.AdvanceAsync();
        }

        Assert.Equal(Enumerable.Range(1, 3).Select(number => test.BatchTimeOf(number).ToDateTimeOffset()), seen);
    }

    [Fact]
    public async Task ClockThatJumps_MakesTheBatchesInBetween()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var captured = test.Capture(numbers.Stream);
        test.Start();
        numbers.Add(1);
        test.Time.Jump(TimeSpan.FromSeconds(4));
        numbers.Add(2);

        await test.AdvanceAsync();

        Assert.Equal([1, 2, 3, 4, 5], captured.Batches.Select(batch => batch.Number));
        captured.Batches[0].Expect(1);
        captured.Expect(2);
    }
}
