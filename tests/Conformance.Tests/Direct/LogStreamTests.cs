namespace CodegenStreaming.Conformance.Direct;

public sealed class LogStreamTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("logged-orders").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task GeneratedLoops_RunOverTheRangesOfALog_AndGiveTheSame()
    {
        var fused = await RunAsync("fused", useGeneratedLoops: true);
        var unfused = await RunAsync("unfused", useGeneratedLoops: false);

        Assert.Equal(unfused, fused);
        Assert.Equal(["50000", "50000", "0"], fused["counts"]);
        Assert.Equal(["45000", "45000", "0"], fused["lengths"]);
    }

    [Fact]
    public async Task Plan_HasAllCallsInLoops()
    {
        await using var test = new StreamingTest(new LoggedOrders(_folder));
        test.KeepSources();
        test.Start();

        Assert.Equal(["Filter", "Map", "ReduceByKey", "Map", "Filter", "Count"], test.Streaming.Plan.BoundSites.Take(6).Select(site => site.OperatorName));
        Assert.DoesNotContain(test.Streaming.Plan.UnboundSites, site => site.OperatorName is "LogStream" or "Map" or "Filter");
    }

    [Fact]
    public async Task TestFeedsALogsStream_AsAnyOther()
    {
        await using var test = new StreamingTest(streaming => streaming.LogStream<string>(_folder).Map(text => text.Length).Named("lengths").Print());
        var texts = test.Source<string>("LogStream");
        var lengths = test.Capture<int>("lengths");

        texts.Add("a", "bcd");
        await test.AdvanceAsync();

        lengths.ExpectInOrder(1, 3);
    }

    [Fact]
    public async Task Statement247_TaskThatIsTriedAgain_ReadsTheSame()
    {
        Write("0", 0, 100);
        await using var test = new StreamingTest(
            streaming => streaming.LogStream(_folder, codec: LoggedOrders.Codec).Map(order => order.Amount).Reduce((a, b) => a + b).Named("sum").Print(),
            new StreamingTestOptions { Streaming = { MaxTaskFailures = 3 } });
        test.KeepSources();
        var sum = test.Capture<int>("sum");
        var fault = test.FailTask("Map", attempts: 2, afterWork: true);

        await test.AdvanceAsync();

        Assert.Equal(2, fault.Failures);
        sum.ExpectInOrder(4950);
    }

    [Fact]
    public async Task ListenersHearHowManyRecordsABatchHas_BeforeTheyAreRead()
    {
        Write("0", 0, 100);
        Write("1", 0, 50);
        var submitted = new List<long>();
        await using var test = new StreamingTest(streaming =>
        {
            streaming.AddListener(new Submissions(submitted));
            streaming.LogStream(_folder, new LogStreamOptions { MaxRecordsPerBatch = 120 }, LoggedOrders.Codec).Print();
        });
        test.KeepSources();

        await test.AdvanceAsync(3);

        Assert.Equal([120, 30, 0], submitted); // The smaller partition gives all it has, and the larger one what it leaves.
    }

    /// <summary>A sink that stores positions and results in one transaction needs no checkpoint: what it has stored is where the next run begins.</summary>
    [Fact]
    public async Task ProgramThatStoresPositionsWithItsResults_CountsEachRecordOnce()
    {
        var stored = new Stored();
        for (var run = 0; run < 12; run++)
        {
            if (run < 5)
            {
                Write("0", run * 40, 40);
                Write("1", run * 10, 10);
            }

            stored.CommitsUntilFailure = 1 + (run % 4);
            await using var test = new StreamingTest(streaming => streaming
                .LogStream(_folder, new LogStreamOptions { MaxRecordsPerBatch = 16 }, LoggedOrders.Codec, stored.Positions)
                .ForeachRdd(rdd => stored.Commit(rdd.Ranges<long>(), rdd.Map(order => (long)order.Amount).Fold(0, (a, b) => a + b))));
            test.KeepSources();
            await test.AdvanceAsync(stored.CommitsUntilFailure);
            await test.ExpectFailureAsync("ForeachRdd"); // The transaction is rolled back, and the process ends.
        }

        Assert.Equal([new("0", 200), new("1", 50)], stored.Positions.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(0, 200).Sum() + Enumerable.Range(0, 50).Sum(), stored.Sum);
    }

    private async Task<Dictionary<string, List<string>>> RunAsync(string name, bool useGeneratedLoops)
    {
        var directory = Path.Combine(_folder, name);
        var pipeline = new LoggedOrders(directory);
        await using var test = new StreamingTest(pipeline, new StreamingTestOptions { Streaming = { UseGeneratedLoops = useGeneratedLoops } });
        test.KeepSources();
        for (var batch = 0; batch < 2; batch++)
        {
            Write($"{name}/0", batch * 40_000, 40_000);
            Write($"{name}/1", batch * 10_000, 10_000);
            await test.AdvanceAsync();
        }

        await test.AdvanceAsync();
        return pipeline.Results;
    }

    private void Write(string partition, int first, int count)
    {
        var path = Path.Combine(_folder, partition);
        using var writer = new LogDirectoryWriter<(string, int)>(Path.GetDirectoryName(path)!, Path.GetFileName(path), LoggedOrders.Codec, segmentLength: 300_000);
        for (var number = first; number < first + count; number++)
        {
            writer.Append(($"product{(number % 10 == 0 ? "" : $"-{number % 7}")}", number));
        }
    }

    /// <summary>What a database holds.</summary>
    private sealed class Stored
    {
        public Dictionary<string, long> Positions { get; private set; } = [];

        public long Sum { get; private set; }

        public int CommitsUntilFailure { get; set; }

        public void Commit(IReadOnlyList<DirectRange<long>> ranges, long sum)
        {
            var positions = new Dictionary<string, long>(Positions);
            foreach (var range in ranges)
            {
                Assert.Equal(range.From, positions.GetValueOrDefault(range.Partition));
                positions[range.Partition] = range.Until;
            }

            if (CommitsUntilFailure-- == 0)
            {
                throw new IOException("The database is away.");
            }

            (Positions, Sum) = (positions, Sum + sum);
        }
    }

    private sealed class Submissions(List<long> submitted) : IStreamingListener
    {
        public void OnBatchSubmitted(BatchInfo batch) => submitted.Add(batch.NumRecords);
    }
}
