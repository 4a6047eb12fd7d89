namespace CodegenStreaming.Conformance;

public sealed class TerminationTests
{
    private readonly List<int> _delivered = [];

    [Fact]
    public async Task AwaitTermination_ReturnsWhenAnotherThreadStops()
    {
        await using var stream = Defined(out _, _ => { });
        stream.Streaming.Start();
        var waiting = Task.Run(stream.Streaming.AwaitTermination, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        stream.Streaming.Stop();

        await waiting;
        stream.Streaming.AwaitTermination();
    }

    [Fact]
    public async Task AwaitTerminationOrTimeout_IsFalseWhenTheTimeHasPassed_TrueWhenStopped()
    {
        await using var stream = Defined(out _, _ => { });
        stream.Streaming.Start();
        var waiting = stream.Streaming.AwaitTerminationOrTimeoutAsync(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);

        await stream.AdvanceAsync(2);
        Assert.False(waiting.IsCompleted);
        await stream.AdvanceAsync();
        Assert.False(await waiting);

        stream.Streaming.Stop();
        Assert.True(stream.Streaming.AwaitTerminationOrTimeout(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task AwaitTermination_CanBeGivenUp()
    {
        await using var stream = Defined(out _, _ => { });
        stream.Streaming.Start();
        using var giveUp = new CancellationTokenSource();
        var waiting = stream.Streaming.AwaitTerminationAsync(giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(StreamingContextState.Active, stream.Streaming.State);
    }

    [Fact]
    public async Task FailureInATask_IsThrownWithBatchOperatorAndPartition()
    {
        await using var stream = new VirtualStream();
        var input = new GivenInput<int>();
        input.AddTo(stream.Streaming)
            .Map(number => number == 3 ? throw new FormatException("error in map task") : number)
            .Filter(number => number > 0)
            .Print();
        stream.Streaming.Start();

        input.Give(1, 2);
        input.Give(3);
        var time = await stream.AdvanceAsync();

        var failure = Assert.Throws<StreamingTaskException>(stream.Streaming.AwaitTermination);
        Assert.Contains("error in map task", failure.Message, StringComparison.Ordinal);
        Assert.Equal(time, failure.BatchTime);
        Assert.Equal("Map", failure.OperatorName);
        Assert.Equal(1, failure.Partition);
        Assert.IsType<FormatException>(failure.InnerException);
        Assert.Same(failure, Assert.Throws<StreamingTaskException>(() => stream.Streaming.AwaitTerminationOrTimeout(TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public async Task FailureOfADriverSideFunction_IsThrownAsItWas()
    {
        var inTransform = new FormatException("in transform");
        await using var stream = new VirtualStream();
        new GivenInput<int>().AddTo(stream.Streaming).Transform<int>(_ => throw inTransform).Print();
        stream.Streaming.Start();
        await stream.AdvanceAsync();
        Assert.Same(inTransform, Assert.Throws<FormatException>(stream.Streaming.AwaitTermination));

        var inForeach = new TimeoutException("in foreach");
        await using var other = Defined(out _, _ => throw inForeach);
        other.Streaming.Start();
        await other.AdvanceAsync();
        Assert.Same(inForeach, Assert.Throws<TimeoutException>(() => other.Streaming.AwaitTerminationOrTimeout(TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public async Task FailureOfAnInput_IsThrownAsItWas_AndLaterBatchesGoOn()
    {
        await using var stream = new VirtualStream();
        var failure = new IOException("lost the queue");
        var second = stream.BatchTimeOf(2);
        var input = new GivenInput<int> { OnAllocate = time => _ = time == second ? throw failure : time };
        var counts = new List<long>();
        input.AddTo(stream.Streaming).ForeachRdd(rdd => counts.Add(rdd.Count()));
        stream.Streaming.Start();

        await stream.AdvanceAsync(3);

        Assert.Equal([0, 0], counts);
        Assert.Same(failure, Assert.Throws<IOException>(stream.Streaming.AwaitTermination));
    }

    [Fact]
    public async Task FailedBatch_DoesNotStopTheNextOnes()
    {
        await using var stream = Defined(out var input, numbers =>
        {
            _delivered.Add(numbers.Length == 0 ? -1 : numbers[0] == 1 ? throw new FormatException("batch 1") : numbers[0]);
        });
        stream.Streaming.Start();

        for (var batch = 0; batch < 4; batch++)
        {
            input.Give(batch);
            await stream.AdvanceAsync();
        }

        Assert.Equal([0, 2, 3], _delivered);
        Assert.Equal(StreamingContextState.Active, stream.Streaming.State);
        Assert.Equal("batch 1", Assert.Throws<FormatException>(stream.Streaming.AwaitTermination).Message);
    }

    [Fact]
    public async Task FirstOfSeveralFailures_IsThrown_AlsoAfterStop()
    {
        await using var stream = Defined(out var input, numbers => throw new FormatException($"batch {numbers[0]}"));
        stream.Streaming.Start();
        for (var batch = 0; batch < 3; batch++)
        {
            input.Give(batch);
            await stream.AdvanceAsync();
        }

        stream.Streaming.Stop();

        Assert.Equal("batch 0", Assert.Throws<FormatException>(stream.Streaming.AwaitTermination).Message);
    }

    [Fact]
    public async Task StopAndAwaitTermination_AreRefused_InsideABatch()
    {
        await using var stream = new VirtualStream();
        var refusals = new List<Exception?>();
        var streaming = stream.Streaming;
        var input = new GivenInput<int>();
        input.AddTo(streaming).ForeachRdd(rdd =>
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

        input.Give(1);
        await stream.AdvanceAsync();

        Assert.Equal(3, refusals.Count);
        Assert.All(refusals, refusal => Assert.IsType<CalledInsideBatchException>(refusal));
        streaming.Stop();
    }

    private static VirtualStream Defined(out GivenInput<int> input, Action<int[]> process)
    {
        var stream = new VirtualStream();
        input = new GivenInput<int>();
        input.AddTo(stream.Streaming).ForeachRdd(rdd => process(rdd.Collect()));
        return stream;
    }
}
