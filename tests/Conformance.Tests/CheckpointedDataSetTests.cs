namespace CodegenStreaming.Conformance;

/// <summary>Data sets that are checkpointed inside batches, and those of an engine context that batches use.</summary>
public sealed class CheckpointedDataSetTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task DataSetOfABatch_IsComputedOnce_AndItsFilesOutliveTheBatch()
    {
        var (calls, files, sums) = (0, new List<string>(), new List<long>());
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { CheckpointDirectory = _folder } });
        var numbers = test.AddSource<int>();
        numbers.Stream.ForeachRdd(rdd =>
        {
            var squares = rdd.Map(number =>
            {
                Interlocked.Increment(ref calls);
                return number * number;
            });
            squares.Checkpoint();
            sums.Add(squares.Sum());
            sums.Add(squares.Map(square => square + 1).Sum());
            files.Add(squares.GetCheckpointFile()!);
        });
        numbers.Add(1, 2);
        numbers.Add(3);
        await test.AdvanceAsync();
        await test.AdvanceAsync();
        numbers.Add(4);
        await test.AdvanceAsync();
        await test.StopAsync();

        Assert.Equal([14, 17, 0, 0, 16, 17], sums);
        Assert.Equal(4, calls);
        Assert.Equal(3, files.Distinct().Count());
        Assert.All(files, file => Assert.StartsWith(Path.Combine(_folder, "data-sets"), file, StringComparison.Ordinal));
        using var engine = new EngineContext(master: "local");
        Assert.Equal([1, 4, 9], engine.ObjectFile<int>(files[0]).Collect());
        Assert.Equal([16], engine.ObjectFile<int>(files[2]).Collect());
    }

    [Fact]
    public async Task DataSetOfAStream_IsThatOfItsBatch()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { CheckpointDirectory = _folder } });
        var numbers = test.AddSource<int>();
        var seen = new List<(bool, int)>();
        var doubled = test.Capture(numbers.Stream.Map(number => number + 1).Transform(rdd =>
        {
            seen.Add((rdd.IsCheckpointed, rdd.Map(number => number).Collect().Length));
            rdd.Checkpoint();
            return rdd.Map(number => number * 2);
        }));
        foreach (var records in new int[][] { [], [1, 2], [], [3] })
        {
            numbers.Add(records);
            await test.AdvanceAsync();
            doubled.Expect(records.Select(number => (number + 1) * 2));
        }

        Assert.Equal([(false, 0), (false, 2), (false, 0), (false, 1)], seen);
        await test.StopAsync();
    }

    [Fact]
    public async Task EmptyBatches_WhichUseTheSameDataSet_CheckpointIt()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { CheckpointDirectory = _folder } });
        var numbers = test.AddSource<int>();
        var counts = new List<long>();
        numbers.Stream.ForeachRdd(rdd =>
        {
            rdd.Checkpoint();
            counts.Add(rdd.Count());
        });
        await test.AdvanceAsync(2);
        numbers.Add(1, 2);
        await test.AdvanceAsync();
        await test.AdvanceAsync(2);

        Assert.Equal([0, 0, 2, 0, 0], counts);
        await test.StopAsync();
    }

    [Fact]
    public async Task TableOfAnEngine_IsWrittenByTheBatchThatNeedsItFirst()
    {
        var calls = 0;
        using var engine = new EngineContext(master: "local[2]");
        engine.SetCheckpointDirectory(_folder);
        var prices = engine.Parallelize([(1, 10), (2, 20)], 2).MapValues(price =>
        {
            Interlocked.Increment(ref calls);
            return price;
        });
        prices.Checkpoint();
        await using var test = new StreamingTest(new StreamingTestOptions { Engine = engine, Streaming = { CheckpointDirectory = Path.Combine(_folder, "unused") } });
        var orders = test.AddSource<(int, string)>();
        var priced = test.Capture(orders.Stream.Transform(rdd => rdd.Join(prices)));
        for (var batch = 0; batch < 2; batch++)
        {
            orders.Add((2, "tea"));
            await test.AdvanceAsync();
            priced.Expect((2, ("tea", 20)));
        }

        Assert.Equal(2, calls);
        Assert.StartsWith(_folder, prices.CheckpointFile, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "unused", "data-sets")));
        await test.StopAsync();
    }

    [Fact]
    public void ContextThatIsToldADirectory_OffersItToItsEngine()
    {
        using var engine = new EngineContext(master: "local");
        Assert.Null(engine.CheckpointDirectory);
        var streaming = new StreamingContext(engine, new StreamingOptions());
        streaming.Checkpoint(_folder);
        Assert.Equal(Path.Combine(_folder, "data-sets"), engine.CheckpointDirectory);
        engine.SetCheckpointDirectory(_folder);
        Assert.Equal(_folder, engine.CheckpointDirectory);
    }
}
