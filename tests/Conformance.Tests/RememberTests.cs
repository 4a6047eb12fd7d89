namespace CodegenStreaming.Conformance;

/// <summary>Data sets of batches that are over.</summary>
public sealed class RememberTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Slice_GivesTheBatchesBetweenTwoTimes_BothIncluded(bool useGeneratedLoops)
    {
        await using var stream = new VirtualStream(options => options.UseGeneratedLoops = useGeneratedLoops);
        stream.Streaming.Remember(TimeSpan.FromSeconds(60));
        var pipeline = new Squares();
        stream.Streaming.Add(pipeline);
        stream.Streaming.Start();
        for (var batch = 1; batch <= 5; batch++)
        {
            pipeline.Numbers.Give(batch, batch);
            await stream.AdvanceAsync();
        }

        Assert.Equal("4,4 9,9 16,16", Read(pipeline.Result, stream.BatchTimeOf(2), stream.BatchTimeOf(4)));
        Assert.Equal("4,4 9,9", Read(pipeline.Result, stream.BatchTimeOf(2) + TimeSpan.FromMilliseconds(999), stream.BatchTimeOf(3) + TimeSpan.FromMilliseconds(1)));
        Assert.Equal("1,1", Read(pipeline.Result, stream.BatchTimeOf(-10), stream.BatchTimeOf(1)));
        Assert.Equal("25,25", Read(pipeline.Result, stream.BatchTimeOf(5), stream.BatchTimeOf(50)));
        Assert.Equal("", Read(pipeline.Result, stream.BatchTimeOf(4), stream.BatchTimeOf(2)));
        Assert.Equal("", Read(pipeline.Result, new BatchTime(-1), new BatchTime(0)));

        // A stream in the middle of a loop, and what others have computed.
        Assert.Equal("2,2 3,3", Read(pipeline.Middle, stream.BatchTimeOf(1), stream.BatchTimeOf(2)));
        Assert.Equal("2", Read(pipeline.Counts, stream.BatchTimeOf(3), stream.BatchTimeOf(3)));
        Assert.Same(pipeline.Result.Slice(stream.BatchTimeOf(3), stream.BatchTimeOf(3))[0].Collect().GetType(), typeof(int[]));
    }

    [Fact]
    public async Task Slice_NeedsAContextThatHasStarted_AndRemembers()
    {
        await using var stream = new VirtualStream();
        var numbers = new GivenInput<int>().AddTo(stream.Streaming);
        numbers.Print();
        var failure = Assert.Throws<StreamingException>(() => numbers.Slice(stream.BatchTimeOf(1), stream.BatchTimeOf(2)));
        Assert.Contains("has not been initialized", failure.Message, StringComparison.Ordinal);
        stream.Streaming.Start();
        failure = Assert.Throws<StreamingException>(() => numbers.Slice(stream.BatchTimeOf(1), stream.BatchTimeOf(2)));
        Assert.Contains("Remember", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ContextStartedException>(() => stream.Streaming.Remember(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Remember_IsCalledOnce_WithATime()
    {
        await using var stream = new VirtualStream();
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Streaming.Remember(TimeSpan.Zero));
        stream.Streaming.Remember(TimeSpan.FromSeconds(3));
        Assert.Throws<InvalidOperationException>(() => stream.Streaming.Remember(TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task Batches_AreForgotten_AndTheirMemoryGoesBack()
    {
        using var engine = new EngineContext(master: "local[2]", defaultParallelism: 2);
        await using var stream = new VirtualStream(engine: engine);
        stream.Streaming.Remember(TimeSpan.FromSeconds(3));
        var input = new GivenInput<int>();
        var kept = new List<Rdd<(int Key, int Value)>>();
        input.AddTo(stream.Streaming).Map(number => (number, 1)).ReduceByKey((left, right) => left + right).ForeachRdd(kept.Add);
        stream.Streaming.Start();
        for (var batch = 0; batch < 10; batch++)
        {
            input.Give(batch);
            await stream.AdvanceAsync();
            Assert.Equal(Math.Min(batch + 1, 3), stream.Streaming.Run!.Remembered.Count);
        }

        // In the tenth second those of the eighth to the tenth are there.
        Assert.All(kept[..7], rdd => Assert.Throws<ObjectDisposedException>(() => rdd.Collect()));
        Assert.All(kept[7..], rdd => Assert.Single(rdd.Collect()));
        Assert.NotEqual(0, engine.Pool.Outstanding);
        await stream.AdvanceAsync(3);
        Assert.Equal(0, engine.Pool.Outstanding); // Those of empty batches hold none.
        await stream.Streaming.StopAsync(graceful: true, stopEngine: false, cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(kept, rdd => Assert.Throws<ObjectDisposedException>(() => rdd.Collect()));
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public async Task Reader_OnAnotherThread_KeepsItsBatch()
    {
        using var engine = new EngineContext(master: "local[2]", defaultParallelism: 2);
        await using var stream = new VirtualStream(engine: engine);
        stream.Streaming.Remember(TimeSpan.FromSeconds(2));
        var input = new GivenInput<int>();
        var sums = input.AddTo(stream.Streaming).Map(number => (number % 2, number)).ReduceByKey((left, right) => left + right, 1);
        sums.ForeachRdd(rdd => rdd.Count());
        stream.Streaming.Start();
        input.Give([.. Enumerable.Range(0, 1000)]);
        var time = await stream.AdvanceAsync();
        var data = Assert.Single(sums.Slice(time, time));
        using var reads = new SemaphoreSlim(0);
        using var mayGoOn = new SemaphoreSlim(0);
        var reading = Task.Run(() => data.Map(pair => Wait(pair, reads, mayGoOn)).Collect(), TestContext.Current.CancellationToken);
        await reads.WaitAsync(TestContext.Current.CancellationToken);
        await stream.AdvanceAsync(5);
        Assert.Empty(sums.Slice(time, time));
        Assert.Throws<ObjectDisposedException>(() => data.Count());
        mayGoOn.Release();
        Assert.Equal([(0, 249500), (1, 250000)], (await reading).Order());
        await stream.Streaming.StopAsync(graceful: true, stopEngine: false, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public async Task RememberedRecords_AreNotPending()
    {
        await using var stream = new VirtualStream(options => options.MaxPendingBytes = 1000);
        stream.Streaming.Remember(TimeSpan.FromSeconds(60));
        var input = new GivenInput<int> { ReservedPerRecord = 100 };
        var numbers = input.AddTo(stream.Streaming);
        numbers.ForeachRdd(rdd => rdd.Count());
        stream.Streaming.Start();
        for (var batch = 0; batch < 30; batch++)
        {
            // Were it not given back, the tenth reservation would wait for ever.
            await input.Services!.Memory.ReserveAsync(200, TestContext.Current.CancellationToken);
            input.Give(1, 2);
            await stream.AdvanceAsync();
            Assert.Equal(0, input.Services.Memory.Used);
        }

        Assert.Equal(30, numbers.Slice(stream.BatchTimeOf(1), stream.BatchTimeOf(30)).Count);
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
