namespace CodegenStreaming.Conformance;

/// <summary>
/// What a batch allocates beside its records: clock, scheduler, tasks, outputs, with nobody listening. By themselves: the bytes are the process's.
/// </summary>
[Collection(nameof(AllocationTests))]
public sealed partial class BatchAllocationTests
{
    private const int Rounds = 12;
    private const int BatchesPerRound = 5;
    private const int Limit = 2 * 1024;
    private const int Records = 1_000_000;
    private const int Partitions = 4;

    private static readonly int[][] Numbers =
        [.. Enumerable.Range(0, Partitions).Select(partition => Enumerable.Range(partition * Records / Partitions, Records / Partitions).ToArray())];

    [Theory]
    [InlineData("ReduceByKey", 1)]
    [InlineData("ReduceByKey", 2)]
    [InlineData("Count", 2)]
    [InlineData("GroupByKey", 2)]
    [InlineData("Repartition", 2)]
    [InlineData("Reduce", 2)]
    [InlineData("everything", 2)]
    public void EmptyBatch_AllocatesNothing(string operators, int threads)
    {
        var pipeline = new Empty(operators);

        Assert.Equal(0, Measure(pipeline, threads));
        Assert.Equal(Rounds * BatchesPerRound, pipeline.Batches);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void SteadyBatch_OfSeveralPartitions_AllocatesTwoKilobytesAtMost(int threads)
    {
        var sum = new Sum();
        Assert.InRange(Measure(sum, threads), 1, Limit);
        Assert.Equal(Numbers.SelectMany(numbers => numbers).Where(number => number % 3 == 0).Sum(number => 2L * number), sum.Total);

        var inside = new InsideForeachRdd();
        Assert.InRange(Measure(inside, threads), 1, Limit);
        Assert.Equal(Records / 2, inside.Count);

        var keys = new Keys();
        Assert.InRange(Measure(keys, threads), 1, Limit);
        Assert.Equal(1000, keys.Count);

        // Operators that are made in each batch cost a little more; their loop and its table are those of the batch before.
        var keysInside = new KeysInsideForeachRdd();
        Assert.InRange(Measure(keysInside, threads), 1, 2 * Limit);
        Assert.Equal(10_000, keysInside.Count);
    }

    /// <summary>The least that a batch of a round has allocated: whatever else the process does can only add to it.</summary>
    private static long Measure(IStreamingPipeline pipeline, int threads)
    {
        var time = new VirtualTime(DateTimeOffset.UnixEpoch);
        var options = new StreamingOptions { Master = $"local[{threads}]", AllowUnsavedState = true };
        var streaming = new StreamingContext(options, time, output: TextWriter.Null);
        streaming.Add(pipeline);
        streaming.Start();
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var batch = 0; batch < BatchesPerRound; batch++)
            {
                RunBatch(streaming, time);
            }

            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / BatchesPerRound);
        }

        streaming.Stop();
        return least;
    }

    private static void RunBatch(StreamingContext streaming, VirtualTime time)
    {
        time.Advance(streaming.Options.BatchInterval);
        var spinner = default(SpinWait);
        while (streaming.Run!.Ledger.ActiveCount > 0)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }
    }

    [StreamingPipeline]
    private sealed partial class Empty(string operators)
    {
        public int Batches { get; private set; }

        public void Define(StreamingContext streaming)
        {
            var words = new GivenBlocks<string>().AddTo(streaming).FlatMap(line => line.Split(' '));
            if (Has("ReduceByKey"))
            {
                words.Map(word => (word, 1)).ReduceByKey((a, b) => a + b).Print();
            }

            if (Has("GroupByKey"))
            {
                words.Map(word => (word, 1)).GroupByKey().Filter(pair => pair.Values.Count > 1).Print();
            }

            if (Has("Repartition"))
            {
                words.Repartition(3).Union(words).Print();
            }

            if (Has("Reduce"))
            {
                words.Map(word => word.Length).Reduce((a, b) => a + b).Print();
            }

            words.Count().ForeachRdd(_ => Batches++);
        }

        private bool Has(string name) => operators == name || operators == "everything";
    }

    [StreamingPipeline]
    private sealed partial class Sum
    {
        public long Total { get; private set; }

        public void Define(StreamingContext streaming) =>
            new GivenBlocks<int>(Numbers).AddTo(streaming)
                .Filter(number => number % 3 == 0)
                .Map(number => 2L * number)
                .Reduce((a, b) => a + b)
                .ForeachRdd(rdd => Total = rdd.First());
    }

    /// <summary>A chain that is made in each batch: its loop is that of the batch before.</summary>
    [StreamingPipeline]
    private sealed partial class InsideForeachRdd
    {
        public long Count { get; private set; }

        public void Define(StreamingContext streaming) =>
            new GivenBlocks<int>(Numbers).AddTo(streaming)
                .ForeachRdd(rdd => Count = rdd.Filter(number => number % 2 == 0).Count());
    }

    [StreamingPipeline]
    private sealed partial class Keys
    {
        public long Count { get; private set; }

        public void Define(StreamingContext streaming) =>
            new GivenBlocks<int>(Numbers).AddTo(streaming)
                .Map(number => (number % 1000, 1))
                .ReduceByKey((a, b) => a + b)
                .ForeachRdd(rdd => Count = rdd.Count());
    }

    [StreamingPipeline]
    private sealed partial class KeysInsideForeachRdd
    {
        public long Count { get; private set; }

        public void Define(StreamingContext streaming) =>
            new GivenBlocks<int>(Numbers).AddTo(streaming)
                .ForeachRdd(rdd => Count = rdd.KeyBy(number => number % 10_000).AggregateByKey(0L, (sum, number) => sum + number, (a, b) => a + b).Count());
    }
}
