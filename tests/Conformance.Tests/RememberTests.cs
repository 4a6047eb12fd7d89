namespace CodegenStreaming.Conformance;

/// <summary>Data sets of batches that are over.</summary>
public sealed class RememberTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Slice_GivesTheBatchesBetweenTwoTimes_BothIncluded(bool useGeneratedLoops)
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { UseGeneratedLoops = useGeneratedLoops } });
        test.Streaming.Remember(TimeSpan.FromSeconds(60));
        var pipeline = new Squares();
        test.Streaming.Add(pipeline);
        test.Start();
        for (var batch = 1; batch <= 5; batch++)
        {
            pipeline.Numbers.Give(batch, batch);
            await test.AdvanceAsync();
        }

        Assert.Equal("4,4 9,9 16,16", Read(pipeline.Result, test.BatchTimeOf(2), test.BatchTimeOf(4)));
        Assert.Equal("4,4 9,9", Read(pipeline.Result, test.BatchTimeOf(2) + TimeSpan.FromMilliseconds(999), test.BatchTimeOf(3) + TimeSpan.FromMilliseconds(1)));
        Assert.Equal("1,1", Read(pipeline.Result, test.BatchTimeOf(-10), test.BatchTimeOf(1)));
        Assert.Equal("25,25", Read(pipeline.Result, test.BatchTimeOf(5), test.BatchTimeOf(50)));
        Assert.Equal("", Read(pipeline.Result, test.BatchTimeOf(4), test.BatchTimeOf(2)));
        Assert.Equal("", Read(pipeline.Result, new BatchTime(-1), new BatchTime(0)));

        // A stream in the middle of a loop, and what others have computed.
        Assert.Equal("2,2 3,3", Read(pipeline.Middle, test.BatchTimeOf(1), test.BatchTimeOf(2)));
        Assert.Equal("2", Read(pipeline.Counts, test.BatchTimeOf(3), test.BatchTimeOf(3)));
        Assert.Same(pipeline.Result.Slice(test.BatchTimeOf(3), test.BatchTimeOf(3))[0].Collect().GetType(), typeof(int[]));
    }

    [Fact]
    public async Task Slice_NeedsAContextThatHasStarted_AndRemembers()
    {
        await using var test = new StreamingTest();
        var numbers = new GivenInput<int>().AddTo(test.Streaming);
        numbers.Print();
        var failure = Assert.Throws<StreamingException>(() => numbers.Slice(test.BatchTimeOf(1), test.BatchTimeOf(2)));
        Assert.Contains("has not been initialized", failure.Message, StringComparison.Ordinal);
        test.Start();
        failure = Assert.Throws<StreamingException>(() => numbers.Slice(test.BatchTimeOf(1), test.BatchTimeOf(2)));
        Assert.Contains("Remember", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ContextStartedException>(() => test.Streaming.Remember(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Remember_IsCalledOnce_WithATime()
    {
        await using var test = new StreamingTest();
        Assert.Throws<ArgumentOutOfRangeException>(() => test.Streaming.Remember(TimeSpan.Zero));
        test.Streaming.Remember(TimeSpan.FromSeconds(3));
        Assert.Throws<InvalidOperationException>(() => test.Streaming.Remember(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task Batches_AreForgotten_AndTheirMemoryGoesBack()
    {
        using var engine = new EngineContext(master: "local[2]", defaultParallelism: 2);
        await using var test = new StreamingTest(new StreamingTestOptions { Engine = engine });
        test.Streaming.Remember(TimeSpan.FromSeconds(3));
        var input = new GivenInput<int>();
        var kept = new List<Rdd<(int Key, int Value)>>();
        input.AddTo(test.Streaming).Map(number => (number, 1)).ReduceByKey((left, right) => left + right).ForeachRdd(kept.Add);
        test.Start();
        for (var batch = 0; batch < 10; batch++)
        {
            input.Give(batch);
            await test.AdvanceAsync();
            Assert.Equal(Math.Min(batch + 1, 3), test.Streaming.Run!.Remembered.Count);
        }

        // In the tenth second those of the eighth to the tenth are there.
        Assert.All(kept[..7], rdd => Assert.Throws<ObjectDisposedException>(() => rdd.Collect()));
        Assert.All(kept[7..], rdd => Assert.Single(rdd.Collect()));
        Assert.NotEqual(0, engine.Pool.Outstanding);
        await test.AdvanceAsync(3);
        Assert.Equal(0, engine.Pool.Outstanding); // Those of empty batches hold none.
        await test.Streaming.StopAsync(graceful: true, stopEngine: false, cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(kept, rdd => Assert.Throws<ObjectDisposedException>(() => rdd.Collect()));
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public async Task Reader_OnAnotherThread_KeepsItsBatch()
    {
        using var engine = new EngineContext(master: "local[2]", defaultParallelism: 2);
        await using var test = new StreamingTest(new StreamingTestOptions { Engine = engine });
        test.Streaming.Remember(TimeSpan.FromSeconds(2));
        var input = new GivenInput<int>();
        var sums = input.AddTo(test.Streaming).Map(number => (number % 2, number)).ReduceByKey((left, right) => left + right, 1);
        sums.ForeachRdd(rdd => rdd.Count());
        test.Start();
        input.Give([.. Enumerable.Range(0, 1000)]);
        var time = await test.AdvanceAsync();
        var data = Assert.Single(sums.Slice(time, time));
        using var reads = new SemaphoreSlim(0);
        using var mayGoOn = new SemaphoreSlim(0);
        var reading = Task.Run(() => data.Map(pair => Wait(pair, reads, mayGoOn)).Collect(), TestContext.Current.CancellationToken);
        await reads.WaitAsync(TestContext.Current.CancellationToken);
        await test.AdvanceAsync(5);
        Assert.Empty(sums.Slice(time, time));
        Assert.Throws<ObjectDisposedException>(() => data.Count());
        mayGoOn.Release();
        Assert.Equal([(0, 249500), (1, 250000)], (await reading).Order());
        await test.Streaming.StopAsync(graceful: true, stopEngine: false, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public async Task RememberedRecords_AreNotPending()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { MaxPendingBytes = 1000 } });
        test.Streaming.Remember(TimeSpan.FromSeconds(60));
        var input = new GivenInput<int> { ReservedPerRecord = 100 };
        var numbers = input.AddTo(test.Streaming);
        numbers.ForeachRdd(rdd => rdd.Count());
        test.Start();
        for (var batch = 0; batch < 30; batch++)
        {
            // Were it not given back, the tenth reservation would wait for ever.
            await input.Services!.Memory.ReserveAsync(200, TestContext.Current.CancellationToken);
            input.Give(1, 2);
            await test.AdvanceAsync();
            Assert.Equal(0, input.Services.Memory.Used);
        }

        Assert.Equal(30, numbers.Slice(test.BatchTimeOf(1), test.BatchTimeOf(30)).Count);
    }

    private static T Wait<T>(T record, SemaphoreSlim reads, SemaphoreSlim mayGoOn)
    {
        reads.Release();
        mayGoOn.Wait(TestContext.Current.CancellationToken);
        mayGoOn.Release();
        return record;
    }

    private static string Read<T>(DStream<T> stream, BatchTime from, BatchTime to) =>
        string.Join(' ', stream.Slice(from, to).Select(rdd => string.Join(',', rdd.Collect())));
}

/// <summary>Numbers, one more, squared, in one loop; and how many there were.</summary>
[StreamingPipeline]
public sealed partial class Squares
{
    internal GivenInput<int> Numbers { get; } = new();

    internal DStream<int> Middle { get; private set; } = null!;

    internal DStream<int> Result { get; private set; } = null!;

    internal DStream<long> Counts { get; private set; } = null!;

    public void Define(StreamingContext streaming)
    {
        var numbers = Numbers.AddTo(streaming);
        Middle = numbers.Map(number => number + 1);
        Result = Middle.Map(number => (number - 1) * (number - 1));
        Counts = Result.Count();
        Counts.Print();
    }
}
