namespace CodegenStreaming.Conformance;

/// <summary>Data sets of batches that are over.</summary>
public sealed class RememberTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Statement66_Slice_GivesTheBatchesBetweenTwoTimes_BothIncluded_AndNoneThatHaveNotCome(bool useGeneratedLoops)
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
        Assert.Equal("25,25", Read(pipeline.Result, test.BatchTimeOf(5), test.BatchTimeOf(50)));
        Assert.Equal("", Read(pipeline.Result, test.BatchTimeOf(4), test.BatchTimeOf(2)));

        // A stream in the middle of a loop, which is computed on demand, and what others have computed.
        Assert.Equal("2,2 3,3", Read(pipeline.Middle, test.BatchTimeOf(1), test.BatchTimeOf(2)));
        Assert.Equal("2", Read(pipeline.Counts, test.BatchTimeOf(3), test.BatchTimeOf(3)));
        Assert.Same(pipeline.Result.Slice(test.BatchTimeOf(3), test.BatchTimeOf(3))[0].Collect().GetType(), typeof(int[]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Statement67_Slice_TakesTheEarlierTimeForABoundOffTheGrid_AndSkipsTimesUpToTheStart(bool useGeneratedLoops)
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { UseGeneratedLoops = useGeneratedLoops } });
        test.Streaming.Remember(TimeSpan.FromSeconds(60));
        var pipeline = new Squares();
        test.Streaming.Add(pipeline);
        var pairs = pipeline.Result.Window(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        pairs.Print();
        test.Start();
        for (var batch = 1; batch <= 7; batch++)
        {
            pipeline.Numbers.Give(batch);
            await test.AdvanceAsync();
        }

        Assert.Equal("4 9", Read(pipeline.Result, test.BatchTimeOf(2) + TimeSpan.FromMilliseconds(999), test.BatchTimeOf(3) + TimeSpan.FromMilliseconds(1)));
        Assert.Equal("1", Read(pipeline.Result, test.BatchTimeOf(-10), test.BatchTimeOf(1)));
        Assert.Equal("1", Read(pipeline.Result, test.BatchTimeOf(0), test.BatchTimeOf(1)));
        Assert.Equal("", Read(pipeline.Result, new BatchTime(-1), new BatchTime(0)));

        Assert.Equal("1 4 9 16 25 36 49", Read(pipeline.Result, new BatchTime(long.MinValue), new BatchTime(long.MaxValue)));

        // The grid of a stream with a slide is its own, and begins at the start.
        Assert.Equal("4 16", Read(pairs, test.BatchTimeOf(3), test.BatchTimeOf(5)));
        Assert.Equal("4", Read(pairs, test.BatchTimeOf(2), test.BatchTimeOf(3) + TimeSpan.FromMilliseconds(999)));
        Assert.Equal("4", Read(pairs, test.BatchTimeOf(-3), test.BatchTimeOf(3)));
        Assert.Equal("4", Read(pairs, test.BatchTimeOf(3), test.BatchTimeOf(3)));
        Assert.Equal("36", Read(pairs, test.BatchTimeOf(7), test.BatchTimeOf(70)));
        Assert.Equal("", Read(pairs, test.BatchTimeOf(0), test.BatchTimeOf(1)));
    }

    [Fact]
    public async Task Statement65_Slice_BeforeTheStart_SaysThatNothingIsInitialized()
    {
        await using var test = new StreamingTest();
        var numbers = new GivenInput<int>().AddTo(test.Streaming);
        numbers.Print();
        var failure = Assert.Throws<StreamingException>(() => numbers.Slice(test.BatchTimeOf(1), test.BatchTimeOf(2)));
        Assert.Contains("has not been initialized", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slice_NeedsAContextThatRemembers()
    {
        await using var test = new StreamingTest();
        var numbers = new GivenInput<int>().AddTo(test.Streaming);
        numbers.Print();
        test.Start();
        var failure = Assert.Throws<StreamingException>(() => numbers.Slice(test.BatchTimeOf(1), test.BatchTimeOf(2)));
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
    public async Task Statement79_Batches_AreForgotten_AndTheirMemoryGoesBack()
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

    /// <summary>The reference's example: there the mapped stream remembers nine seconds and the inner window seven, because of the windows above them.</summary>
    [Fact]
    public async Task Statement78_Remember_IsTheSameForEveryStream_AndWindowsKeepWhatTheyNeed()
    {
        await using var test = new StreamingTest();
        test.Streaming.Remember(TimeSpan.FromSeconds(3));
        var numbers = test.AddSource<int>();
        var mapped = numbers.Stream.Map(number => number);
        var inner = mapped.Window(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        var outer = inner.Window(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(2));
        var windows = test.Capture(outer);
        for (var batch = 1; batch <= 10; batch++)
        {
            numbers.Add(batch);
            await test.AdvanceAsync();
            Assert.Equal(Math.Min(batch, 3), test.Streaming.Run!.Remembered.Count);
        }

        windows.ExpectInOrder(6, 7, 7, 8, 8, 9, 9, 10);
        var (first, last) = (test.BatchTimeOf(1), test.BatchTimeOf(10));
        Assert.Equal("4,5,5,6,6,7,7,8 6,7,7,8,8,9,9,10", Read(outer, first, last));
        Assert.Equal("7,8 8,9 9,10", Read(inner, first, last));
        Assert.Equal("8 9 10", Read(mapped, first, last));
    }

    [Fact]
    public async Task Statement81_PersistedDataSetsAndBlocksOfInputs_GoBackByThemselves()
    {
        using var engine = new EngineContext(master: "local[2]", defaultParallelism: 2);
        await using var test = new StreamingTest(new StreamingTestOptions { Engine = engine });
        test.Streaming.Remember(TimeSpan.FromSeconds(1));
        var (input, received, kept, calls) = (new GivenText(), new List<Rdd<Utf8Slice>>(), new List<Rdd<int>>(), 0);
        var lines = input.AddTo(test.Streaming);
        var lengths = lines.Map(line => line.Length + (0 * Interlocked.Increment(ref calls))).Persist();
        lines.ForeachRdd(received.Add);
        lengths.ForeachRdd(rdd =>
        {
            rdd.Count();
            kept.Add(rdd);
        });
        var outstanding = new List<long>();
        for (var batch = 1; batch <= 6; batch++)
        {
            input.Give("a", "bc");
            await test.AdvanceAsync();
            outstanding.Add(engine.Pool.Outstanding);
        }

        Assert.Equal([1, 2], kept[^1].Collect());
        Assert.Equal(2, received[^1].Count());
        Assert.Equal(StorageLevel.MemoryOnly, kept[^1].StorageLevel);
        Assert.Equal(12, calls); // Two lines in each of six batches, and none to read the last one again.
        Assert.All(kept[..^1], rdd => Assert.Throws<ObjectDisposedException>(() => rdd.Collect()));
        Assert.All(received[..^1], rdd => Assert.Throws<ObjectDisposedException>(() => rdd.Count()));
        Assert.NotEqual(0, outstanding[0]);
        Assert.All(outstanding, blocks => Assert.Equal(outstanding[0], blocks));
    }

    /// <summary>There is no setting that keeps all of them, whatever is remembered.</summary>
    [Theory]
    [InlineData(null, 0)]
    [InlineData(2, 2)]
    [InlineData(60, 6)]
    public async Task Statement89_OldDataSets_StayAsLongAsRememberSays(int? seconds, int left)
    {
        await using var test = new StreamingTest();
        if (seconds is { } duration)
        {
            test.Streaming.Remember(TimeSpan.FromSeconds(duration));
        }

        var (input, kept) = (test.AddSource<int>(), new List<Rdd<int>>());
        input.Stream.Map(number => -number).Persist().ForeachRdd(kept.Add);
        for (var batch = 1; batch <= 6; batch++)
        {
            input.Add(batch);
            await test.AdvanceAsync();
        }

        Assert.All(kept[..^left], rdd => Assert.Throws<ObjectDisposedException>(() => rdd.Collect()));
        Assert.Equal(Enumerable.Range(7 - left, left).Select(batch => -batch), kept[^left..].SelectMany(rdd => rdd.Collect()));
        await test.StopAsync();
        Assert.All(kept, rdd => Assert.Throws<ObjectDisposedException>(() => rdd.Collect()));
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
