namespace CodegenStreaming.Conformance;

/// <summary>By themselves: what is allocated is the process's.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed partial class AllocationTests
{
    private const int Records = 500_000;
    private const int Batches = 5;

    [Fact]
    public async Task NumericChain_AllocatesNothingPerRecord()
    {
        var pipeline = new SumOfEven();
        var numbers = Enumerable.Range(0, Records).ToArray();

        var perBatch = await MeasureAsync(pipeline, () => pipeline.Numbers.Give(numbers));

        Assert.Equal(Enumerable.Repeat(numbers.Where(number => number % 2 == 0).Sum(number => 6L * number), pipeline.Sums.Count), pipeline.Sums);
        Assert.InRange(perBatch, 0, 64 * 1024);
    }

    [Fact]
    public async Task CountByKey_AllocatesNothingPerRecord()
    {
        var pipeline = new CountOfWords();
        var words = Enumerable.Range(0, Records).Select(number => "word " + (number % 100)).ToArray();

        var perBatch = await MeasureAsync(pipeline, () => pipeline.Words.Give(words));

        Assert.All(pipeline.Counts, counts => Assert.Equal((100, 2 * Records), counts));
        Assert.InRange(perBatch, 0, 64 * 1024);
    }

    /// <summary>The bytes that a batch of a million records allocates when everything is warm, bookkeeping included.</summary>
    private static async Task<long> MeasureAsync(IStreamingPipeline pipeline, Action give)
    {
        await using var test = new StreamingTest();
        test.Streaming.Add(pipeline);
        test.Start();
        Assert.Empty(test.Streaming.Plan.UnboundSites);
        await RunAsync();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await RunAsync();
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / Batches;

        async Task RunAsync()
        {
            for (var batch = 0; batch < Batches; batch++)
            {
                give();
                give();
                await test.AdvanceAsync();
            }
        }
    }

    [StreamingPipeline]
    private sealed partial class SumOfEven
    {
        public GivenInput<int> Numbers { get; } = new();

        public List<long> Sums { get; } = [];

        public void Define(StreamingContext streaming) =>
            Numbers.AddTo(streaming)
                .Filter(number => number % 2 == 0)
                .Map(number => 3L * number)
                .Reduce((a, b) => a + b)
                .ForeachRdd(rdd => Sums.Add(rdd.First()));
    }

    [StreamingPipeline]
    private sealed partial class CountOfWords
    {
        public GivenInput<string> Words { get; } = new();

        public List<(int Words, int Total)> Counts { get; } = [];

        public void Define(StreamingContext streaming) =>
            Words.AddTo(streaming)
                .Map(word => (word, 1))
                .ReduceByKey((a, b) => a + b)
                .ForeachRdd(rdd =>
                {
                    var counts = rdd.Collect();
                    Counts.Add((counts.Length, counts.Sum(count => count.Item2)));
                });
    }
}
