namespace CodegenStreaming.Conformance;

public sealed class TerminationTests
{
    private readonly List<int> _delivered = [];

    [Fact]
    public async Task AwaitTermination_ReturnsWhenAnotherThreadStops()
    {
        await using var test = Defined(out _, _ => { });
        test.Start();
        var waiting = Task.Run(test.Streaming.AwaitTermination, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        test.Streaming.Stop();

        await waiting;
        test.Streaming.AwaitTermination();
    }

    [Fact]
    public async Task AwaitTerminationOrTimeout_IsFalseWhenTheTimeHasPassed_TrueWhenStopped()
    {
        await using var test = Defined(out _, _ => { });
        test.Start();
        var waiting = test.Streaming.AwaitTerminationOrTimeoutAsync(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);

        await test.AdvanceAsync(2);
        Assert.False(waiting.IsCompleted);
        await test.AdvanceAsync();
        Assert.False(await waiting);

        test.Streaming.Stop();
        Assert.True(test.Streaming.AwaitTerminationOrTimeout(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task AwaitTermination_CanBeGivenUp()
    {
        await using var test = Defined(out _, _ => { });
        test.Start();
        using var giveUp = new CancellationTokenSource();
        var waiting = test.Streaming.AwaitTerminationAsync(giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(StreamingContextState.Active, test.Streaming.State);
    }

    [Fact]
    public async Task FailureInATask_IsThrownWithBatchOperatorAndPartition()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        input.Stream
            .Map(number => number == 3 ? throw new FormatException("error in map task") : number)
            .Filter(number => number > 0)
            .Print();
        test.Start();

        input.Add(1, 2);
        input.Add(3);
        var expected = await test.ExpectFailureAsync("Map");

        var failure = Assert.Throws<StreamingTaskException>(test.Streaming.AwaitTermination);
        Assert.Contains("error in map task", failure.Message, StringComparison.Ordinal);
        Assert.Same(expected.Exception, failure);
        Assert.Equal(test.BatchTimeOf(1), failure.BatchTime);
        Assert.Equal("Map", failure.OperatorName);
        Assert.Equal(1, failure.Partition);
        Assert.IsType<FormatException>(failure.InnerException);
        Assert.Same(failure, Assert.Throws<StreamingTaskException>(() => test.Streaming.AwaitTerminationOrTimeout(TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public async Task FailureOfADriverSideFunction_IsThrownAsItWas()
    {
        var inTransform = new FormatException("in transform");
        await using var test = new StreamingTest();
        test.AddSource<int>().Stream.Transform<int>(_ => throw inTransform).Print();
        await test.ExpectFailureAsync("Print");
        Assert.Same(inTransform, Assert.Throws<FormatException>(test.Streaming.AwaitTermination));

        var inForeach = new TimeoutException("in foreach");
        await using var other = Defined(out _, _ => throw inForeach);
        await other.ExpectFailureAsync("ForeachRdd");
        Assert.Same(inForeach, Assert.Throws<TimeoutException>(() => other.Streaming.AwaitTerminationOrTimeout(TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public async Task FailureOfAnInput_IsThrownAsItWas_AndLaterBatchesGoOn()
    {
        await using var test = new StreamingTest();
        var failure = new IOException("lost the queue");
        var second = test.BatchTimeOf(2);
        var input = new GivenInput<int> { OnAllocate = time => _ = time == second ? throw failure : time };
        var counts = new List<long>();
        input.AddTo(test.Streaming).ForeachRdd(rdd => counts.Add(rdd.Count()));

        await test.AdvanceAsync();
        await test.ExpectFailureAsync("GivenStream");
        await test.AdvanceAsync();

        Assert.Equal([0, 0], counts);
        Assert.Same(failure, Assert.Throws<IOException>(test.Streaming.AwaitTermination));
    }

    [Fact]
    public async Task FailedBatch_DoesNotStopTheNextOnes()
    {
        await using var test = Defined(out var input, numbers =>
        {
            _delivered.Add(numbers.Length == 0 ? -1 : numbers[0] == 1 ? throw new FormatException("batch 1") : numbers[0]);
        });
        test.Start();

        for (var batch = 0; batch < 4; batch++)
        {
            input.Add(batch);
            await (batch == 1 ? test.ExpectFailureAsync("ForeachRdd") : test.AdvanceAsync() as Task);
        }

        Assert.Equal([0, 2, 3], _delivered);
        Assert.Equal(StreamingContextState.Active, test.Streaming.State);
        Assert.Equal("batch 1", Assert.Throws<FormatException>(test.Streaming.AwaitTermination).Message);
    }

    [Fact]
    public async Task FirstOfSeveralFailures_IsThrown_AlsoAfterStop()
    {
        await using var test = Defined(out var input, numbers => throw new FormatException($"batch {numbers[0]}"));
        test.Start();
        for (var batch = 0; batch < 3; batch++)
        {
            input.Add(batch);
            await test.ExpectFailureAsync();
        }

        test.Streaming.Stop();

        Assert.Equal("batch 0", Assert.Throws<FormatException>(test.Streaming.AwaitTermination).Message);
    }

    [Fact]
    public async Task StopAndAwaitTermination_AreRefused_InsideABatch()
    {
        await using var test = new StreamingTest();
        var refusals = new List<Exception?>();
        var streaming = test.Streaming;
        var input = test.AddSource<int>();
        input.Stream.ForeachRdd(rdd =>
        {
            refusals.Add(Record.Exception(() => streaming.Stop()));
            refusals.Add(Record.Exception(streaming.AwaitTermination));
            rdd.Foreach(_ =>
            {
                lock (refusals)
                {
                    refusals.Add(Record.Exception(() => streaming.Stop()));
                }
            });
        });
        streaming.Start();

        input.Add(1);
        await test.AdvanceAsync();

        Assert.Equal(3, refusals.Count);
        Assert.All(refusals, refusal => Assert.IsType<CalledInsideBatchException>(refusal));
        streaming.Stop();
    }

    private static StreamingTest Defined(out TestSource<int> input, Action<int[]> process)
    {
        var test = new StreamingTest();
        input = test.AddSource<int>();
        input.Stream.ForeachRdd(rdd => process(rdd.Collect()));
        return test;
    }
}
