namespace CodegenStreaming.Conformance;

/// <summary>What windows keep: as long as they need it, and no longer.</summary>
public sealed class WindowMemoryTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(4, true)]
    public async Task TextsOfAWindow_StayReadable(int concurrentJobs, bool useGeneratedLoops)
    {
        using var engine = new EngineContext(master: "local[2]", defaultParallelism: 2);
        await using var test = new StreamingTest(new StreamingTestOptions
        {
            Engine = engine,
            Streaming = { ConcurrentJobs = concurrentJobs, UseGeneratedLoops = useGeneratedLoops },
        });
        var pipeline = new WindowedText();
        test.Streaming.Add(pipeline);
        var (words, counts, groups, values) = (test.Capture(pipeline.Words), test.Capture(pipeline.Counts), test.Capture(pipeline.Groups), test.Capture(pipeline.Values));
        for (var batch = 1; batch <= 12; batch++)
        {
            pipeline.Lines.Give($"a b{batch}", $"b{batch - 1}");
            pipeline.Collects = batch == 9;
            await test.AdvanceAsync();
        }

        words.ExpectInOrder("a", "b10", "b9", "a", "b11", "b10", "a", "b12", "b11");
        counts.Expect(("a", 3), ("b9", 1), ("b10", 2), ("b11", 2), ("b12", 1));
        values.Expect(("a", 3), ("b9", 1), ("b10", 2), ("b11", 2), ("b12", 1));
        groups.Expect("a,a,a", "b9", "b10,b11,b10,b12,b11");
        Assert.Equal(words.Batches[8].Records, pipeline.Collected.Select(word => word.ToString()));
        await test.Streaming.StopAsync(graceful: true, stopEngine: false, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public async Task Memory_AfterAThousandBatches_IsAsBefore()
    {
        using var engine = new EngineContext(master: "local[2]", defaultParallelism: 2);
        await using var test = new StreamingTest(new StreamingTestOptions { Engine = engine });
        var numbers = test.AddSource<int>();
        var pairs = numbers.Stream.Map(number => (number % 7, number));
        var window = test.Capture(numbers.Stream.Filter(number => number % 2 == 0).Window(30 * Second));
        pairs.ReduceByKeyAndWindow((left, right) => left + right, 30 * Second, 2 * Second).Print();
        pairs.GroupByKeyAndWindow(30 * Second).Print();
        numbers.Stream.CountByWindow(30 * Second).Print();
        numbers.Stream.CountByValueAndWindow(30 * Second, 3 * Second).Print();
        var outstanding = new List<long>();
        for (var batch = 1; batch <= 1000; batch++)
        {
            numbers.Add(batch, batch + 1, batch + 2);
            await test.AdvanceAsync();
            if (batch % 100 == 0)
            {
                outstanding.Add(engine.Pool.Outstanding);
            }
        }

        Assert.Equal(45, window.Latest.Records.Count);
        Assert.InRange(outstanding.Max(), 30, 30 * 30); // Windows keep blocks: a few for each of thirty batches.
        Assert.InRange(outstanding[^1] - outstanding[0], -40, 40); // And no more after a thousand batches than after a hundred.
        await test.Streaming.StopAsync(graceful: true, stopEngine: false, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public async Task TextOfWindows_GoesBackWithTheirBatches()
    {
        using var engine = new EngineContext(master: "local[2]", defaultParallelism: 2);
        await using var test = new StreamingTest(new StreamingTestOptions { Engine = engine, Streaming = { ConcurrentJobs = 2 } });
        var lines = new GivenText();
        var words = lines.AddTo(test.Streaming).FlatMap(line => line.Split(' '));
        words.Window(5 * Second).Window(4 * Second, 2 * Second).Map(word => word.Length).CountByValue().Print();
        words.Map(word => (word.Length, word)).GroupByKeyAndWindow(5 * Second).Window(3 * Second).Print();
        words.CountByValueAndWindow(5 * Second).Print();
        var outstanding = new List<long>();
        for (var batch = 1; batch <= 300; batch++)
        {
            lines.Give($"a b{batch}", $"b{batch - 1}");
            await test.AdvanceAsync();
            if (batch % 50 == 0)
            {
                outstanding.Add(engine.Pool.Outstanding);
            }
        }

        Assert.InRange(outstanding[^1] - outstanding[0], -20, 20);
        Assert.InRange(outstanding[^1], 20, 400);
        await test.Streaming.StopAsync(graceful: true, stopEngine: false, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, engine.Pool.Outstanding);
    }
}
