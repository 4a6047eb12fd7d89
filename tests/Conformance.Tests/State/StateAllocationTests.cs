namespace CodegenStreaming.Conformance.State;

/// <summary>What batches of stateful operators allocate when their keys are known: nothing for a record, a key or a change.</summary>
[Collection(nameof(AllocationTests))]
public sealed partial class StateAllocationTests
{
    private const int Records = 200_000;
    private const int Keys = 50_000;
    private const int Batches = 5;
    private const int Rounds = 4;

    [Fact]
    public async Task UpdateStateByKey_AllocatesNothingPerRecordOrKey()
    {
        var pipeline = new Totals();
        var perBatch = await MeasureAsync(pipeline);
        Assert.All(pipeline.Counts, counts => Assert.Equal(Keys, counts));
        Assert.InRange(perBatch, 0, 32 * 1024);
    }

    [Fact]
    public async Task UpdateStateByKey_AllocatesNothing_ForTextKeysThatExist()
    {
        var pipeline = new TextTotals();
        var perBatch = await MeasureAsync(pipeline);
        Assert.All(pipeline.Counts, counts => Assert.Equal(Keys, counts));
        Assert.InRange(perBatch, 0, 32 * 1024);
    }

    [Fact]
    public async Task MapWithState_AllocatesNothingPerRecord_WithATimeout()
    {
        var pipeline = new RunningTotals();
        var perBatch = await MeasureAsync(pipeline);
        Assert.All(pipeline.Counts, counts => Assert.Equal(Records, counts));
        Assert.InRange(perBatch, 0, 32 * 1024);
    }

    [Fact]
    public async Task SleepingKeys_CostNothing()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        var calls = 0;
        pairs.Stream.MapWithState(StateSpec.Function((int key, Option<int> value, State<int> state) =>
        {
            state.Update(value.Value);
            return ++calls;
        }).NumPartitions(1).Timeout(TimeSpan.FromHours(1))).ForeachRdd(rdd => rdd.Count());
        pairs.Add(Enumerable.Range(0, 1_000_000).Select(key => (key, key)));
        await test.AdvanceAsync(10);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await test.AdvanceAsync(1000);
        Assert.Equal(1_000_000, calls);
        Assert.InRange((GC.GetTotalAllocatedBytes(precise: true) - before) / 1000, 0, 8 * 1024);
    }

    /// <summary>The least that a batch of a round has allocated: whatever else the process does, and pools that a collection has trimmed, can only add to it.</summary>
    private static async Task<long> MeasureAsync(IStreamingPipeline pipeline)
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { DefaultParallelism = 2 } });
        test.Streaming.Add(pipeline);
        test.Start();
        Assert.Empty(test.Streaming.Plan.UnboundSites);
        await test.AdvanceAsync(2 * Batches);
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await test.AdvanceAsync(Batches);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / Batches);
        }

        return least;
    }

    private static int[] Numbers() => [.. Enumerable.Range(0, Records)];

    [StreamingPipeline]
    private sealed partial class Totals
    {
        public List<long> Counts { get; } = [];

        public void Define(StreamingContext streaming) =>
            new GivenBlocks<int>(Numbers()).AddTo(streaming)
                .Map(number => (number % Keys, number))
                .UpdateStateByKey((IReadOnlyList<int> values, Option<long> state) => new(state.GetValueOrDefault() + values.Count))
                .ForeachRdd(rdd => Counts.Add(rdd.Count()));
    }

    [StreamingPipeline]
    private sealed partial class TextTotals
    {
        public List<long> Counts { get; } = [];

        public void Define(StreamingContext streaming) =>
            new GivenBlocks<Utf8Slice>([.. Numbers().Select(number => Utf8Slice.Copy($"key {number % Keys}{(number % Keys % 7 == 0 ? " that is longer than its image" : "")}"))]).AddTo(streaming)
                .Map(key => (key, 1))
                .UpdateStateByKey((IReadOnlyList<int> values, Option<long> state) => new(state.GetValueOrDefault() + values.Count))
                .ForeachRdd(rdd => Counts.Add(rdd.Count()));
    }

    [StreamingPipeline]
    private sealed partial class RunningTotals
    {
        public List<long> Counts { get; } = [];

        public void Define(StreamingContext streaming) =>
            new GivenBlocks<int>(Numbers()).AddTo(streaming)
                .Map(number => (number % Keys, number))
                .MapWithState(StateSpec.Function((int key, Option<int> value, State<long> state) =>
                {
                    state.Update(state.GetOption().GetValueOrDefault() + value.Value);
                    return (key, state.Get());
                }).Timeout(TimeSpan.FromSeconds(3)))
                .ForeachRdd(rdd => Counts.Add(rdd.Count()));
    }
}
