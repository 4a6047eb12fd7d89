using CodegenStreaming.Batches;
using Microsoft.Extensions.Time.Testing;

namespace CodegenStreaming.Tests.Sources.Direct;

public sealed class DirectStreamTests
{
    private const int SourceFailed = 2040;

    private readonly ScriptedSource _source = new();

    [Fact]
    public async Task Statement240_RangeIsAPartition_AndTheBatchHasItsRanges()
    {
        await using var run = Run().Start();
        _source.Add("a", "a0", "a1", "a2");
        _source.Add("b", "b0");

        using var batch = run.Allocate();

        Assert.Equal([["a0", "a1", "a2"], ["b0"]], batch.Partitions);
        Assert.Equal([new DirectRange<long>("a", 0, 3, 3), new DirectRange<long>("b", 0, 1, 1)], batch.Rdd.Ranges<long>());
        Assert.Equal(batch.Rdd.Ranges<long>().Select(range => range.Until - range.From), batch.Partitions.Select(partition => (long)partition.Count));
    }

    [Fact]
    public async Task Statement244_RecordsAreKnownWhenTheBatchIsMade()
    {
        await using var run = Run().Start();
        _source.Add("a", "a0", "a1", "a2");
        _source.Add("b", "b0");

        using var batch = run.Allocate();

        Assert.Equal(new InputAllocation(4, 2), batch.Allocation);
        Assert.Equal(0, _source.Reads);
    }

    [Fact]
    public async Task NextBatch_BeginsWhereTheOneBeforeEnded_AndIsEmptyWhereNothingCame()
    {
        await using var run = Run().Start();
        _source.Add("a", "a0");
        _source.Add("b", "b0");
        using var first = run.Allocate();
        _source.Add("b", "b1", "b2");
        using var second = run.Allocate();
        using var third = run.Allocate();

        Assert.Equal([["b1", "b2"]], second.Partitions);
        Assert.Equal(default, third.Allocation);
        Assert.Empty(third.Rdd.Ranges<long>());
        Assert.Empty(third.Partitions);
    }

    [Fact]
    public async Task SingleReader_GetsARangeBlockByBlock_AndReadsItAgain()
    {
        await using var run = Run().Start();
        _source.Add("a", [.. Enumerable.Range(0, 10_000).Select(number => $"{number}")]);

        using var batch = run.Allocate();

        Assert.Equal(10_000, batch.Rdd.Map(text => text.Length).Count());
        Assert.Equal("9999", batch.Rdd.Collect()[^1]);
        Assert.Equal(["0", "1"], batch.Rdd.Take(2));
        Assert.Equal(3, _source.Reads);
        Assert.Equal(0, run.Pool.Outstanding);
    }

    [Fact]
    public async Task OtherNumberOfRecordsThanPlanned_IsAFailure()
    {
        await using var run = Run().Start();
        _source.Add("a", "a0", "a1");
        foreach (var count in new[] { 1, 3 })
        {
            _source.Change = range => range with { Count = count };
            using var batch = run.Allocate();
            var exception = Assert.Throws<StreamingTaskException>(() => batch.Rdd.Count());
            Assert.Contains($"was planned with {count} records, and ", exception.Message, StringComparison.Ordinal);
            _source.Add("a", "x", "y");
        }
    }

    [Fact]
    public async Task SourceWithoutCounts_CountsNoRecords()
    {
        _source.KnowsCounts = false;
        await using var run = Run().Start();
        _source.Add("a", "a0", "a1");

        using var batch = run.Allocate();

        Assert.Equal(new InputAllocation(0, 1), batch.Allocation);
        Assert.Equal(["a0", "a1"], batch.Records);
    }

    [Theory]
    [InlineData(null, 20.0, new[] { 10, 10, 2 })]
    [InlineData(null, 0.1, new[] { 1, 1, 1 })]
    [InlineData(9L, null, new[] { 4, 3, 2 })]
    [InlineData(9L, 6.0, new[] { 3, 3, 2 })]
    [InlineData(1L, null, new[] { 1, 1, 1 })]
    [InlineData(1_000_000L, null, new[] { 50, 25, 2 })]
    public async Task Statement245_LimitsCutRanges(long? perBatch, double? perSecond, int[] expected)
    {
        var options = new DirectStreamOptions { MaxRecordsPerBatch = perBatch, MaxRatePerPartition = perSecond };
        await using var run = Run(options, batchInterval: TimeSpan.FromMilliseconds(500)).Start();
        _source.Add("a", [.. Enumerable.Range(0, 50).Select(number => $"a{number}")]);
        _source.Add("b", [.. Enumerable.Range(0, 25).Select(number => $"b{number}")]);
        _source.Add("c", "c0", "c1");

        var records = new List<string?>();
        using (var first = run.Allocate())
        {
            // The order among the large ones is not said.
            Assert.Equal(expected.OrderDescending(), first.Partitions.Select(partition => partition.Count).OrderDescending());
            records.AddRange(first.Records);
        }

        for (var batches = 0; batches < 77; batches++)
        {
            using var next = run.Allocate();
            records.AddRange(next.Records);
        }

        Assert.Equal(77, records.Count);
        Assert.Equal(77, records.Distinct().Count());
    }

    [Fact]
    public void LimitThatIsNotAboveZero_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new DirectStreamOptions { MaxRecordsPerBatch = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new DirectStreamOptions { MaxRatePerPartition = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new DirectStreamOptions { MaxRatePerPartition = double.NaN }));
    }

    [Fact]
    public async Task Statement239_StartPositions_AreWherePartitionsBegin()
    {
        await using var run = Run(start: new Dictionary<string, long> { ["a"] = 2 }).Start();
        _source.Add("a", "a0", "a1", "a2");
        _source.Add("b", "b0");

        using var batch = run.Allocate();

        Assert.Equal(["a2", "b0"], batch.Records);
    }

    [Fact]
    public async Task PlanThatFails_LosesNothing()
    {
        await using var run = Run().Start();
        _source.Add("a", "a0");
        _source.PlanFailure = new IOException("away");
        using var first = run.Allocate();
        using var second = run.Allocate();
        _source.PlanFailure = null;
        using var third = run.Allocate();

        Assert.Equal(default, first.Allocation);
        Assert.Equal(["a0"], third.Records);
        Assert.Equal(1, run.Log.Count(SourceFailed)); // Once a minute.
    }

    [Theory]
    [InlineData("gap")]
    [InlineData("null")]
    [InlineData("count")]
    [InlineData("deleted")]
    public async Task PlanThatWouldLoseRecords_EndsTheRun(string fault)
    {
        await using var run = Run().Start();
        _source.Add("a", "a0");
        using var first = run.Allocate();
        _source.Add("a", "a1", "a2");
        _source.Change = range => fault switch
        {
            "gap" => range with { From = range.From + 1, Count = 1 },
            "null" => null!,
            "count" => range with { Count = -1 },
            _ => throw new StreamingException("deleted"),
        };

        Assert.Throws<StreamingException>(() => run.Allocate());
        _source.Change = static range => range;
        using var next = run.Allocate();
        Assert.Equal(["a1", "a2"], next.Records);
    }

    [Fact]
    public async Task BatchesGetNothing_UntilTheSourceHasStarted_AndAFailedStartIsTriedAgain()
    {
        var failing = new TaskCompletionSource();
        var starting = new TaskCompletionSource();
        _source.OnStart = _ => failing.Task.IsFaulted ? starting.Task : failing.Task;
        _source.Add("a", "a0");
        await using var run = Run().Start();
        using (var first = run.Allocate())
        {
            Assert.Empty(first.Records);
        }

        failing.SetException(new IOException("no broker"));
        await Eventually.True(
            () =>
            {
                using var second = run.Allocate();
                return run.Log.Count(SourceFailed) > 0;
            },
            "a failed start in the log");
        starting.SetResult();
        Assert.Equal(["a0"], await run.TakeAsync(1));
    }

    [Fact]
    public async Task StoppedStream_PlansNothing_AndSourceIsClosedWhenBatchesAreDone()
    {
        await using var run = Run().Start();
        _source.Add("a", "a0");
        using var batch = run.Allocate();
        _source.Add("a", "a1");
        await run.Input.StopAsync(graceful: true);
        using var late = run.Allocate();

        Assert.Empty(late.Records);
        Assert.Equal(["a0"], batch.Records); // The source is open while batches read it.
        Assert.Equal(0, _source.Stops);
        await run.Input.CloseAsync();
        Assert.Equal(1, _source.Stops);
    }

    [Fact]
    public async Task WholeRun_StartsReadsAndClosesTheSource()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));
        var found = new List<string>();
        _source.Add("a", "a0", "a1");
        await using (var context = new StreamingContext(new StreamingOptions { BatchInterval = TimeSpan.FromSeconds(1) }, time))
        {
            context.DirectStream(_source).ForeachRdd(rdd => found.AddRange(rdd.Collect()));
            context.Start();
            time.Advance(TimeSpan.FromSeconds(1));
            await Eventually.True(() => found.Count == 2, "both records");
            Assert.Equal(0, _source.Stops);
        }

        Assert.Equal(1, _source.Stops);
    }

    [Fact]
    public async Task RangesOfAnotherDataSet_AreRefused()
    {
        await using var run = Run().Start();
        _source.Add("a", "a0");
        using var batch = run.Allocate();

        var derived = Assert.Throws<InvalidOperationException>(() => batch.Rdd.Map(text => text.Length).Ranges<long>());
        var other = Assert.Throws<InvalidOperationException>(() => batch.Rdd.Ranges<int>());

        Assert.Contains("Map has no ranges: ask the data set of DirectStream itself", derived.Message, StringComparison.Ordinal);
        Assert.Contains("are of type System.Int64, not System.Int32", other.Message, StringComparison.Ordinal);
    }

    private InputRun<string> Run(DirectStreamOptions? options = null, Dictionary<string, long>? start = null, TimeSpan? batchInterval = null) =>
        new(context => context.DirectStream(_source, options, start), batchInterval: batchInterval);
}
