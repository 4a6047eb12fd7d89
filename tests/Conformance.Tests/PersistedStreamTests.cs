namespace CodegenStreaming.Conformance;

/// <summary>Levels of streams, and persisted data sets inside batches.</summary>
public sealed class PersistedStreamTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DataSets_ArePersistedInsideABatch_AndAcrossBatches(bool useGeneratedLoops)
    {
        using var engine = new EngineContext(master: "local[2]", defaultParallelism: 2);
        await using var test = new StreamingTest(new StreamingTestOptions { Engine = engine, Streaming = { UseGeneratedLoops = useGeneratedLoops } });
        var pipeline = new KeptNumbers(engine);
        test.Streaming.Add(pipeline);
        test.Start();
        for (var batch = 0; batch < 3; batch++)
        {
            pipeline.Numbers.Give(1, 2, 3);
            pipeline.Numbers.Give(4);
            await test.AdvanceAsync();
            await test.AdvanceAsync();
        }

        Assert.Equal(["1:2,2:4,3:6 6 1", "0 0", "1:2,2:4,3:6 6 1", "0 0", "1:2,2:4,3:6 6 1", "0 0"], pipeline.Lines);
        Assert.Equal(12, pipeline.CallsInBatches);
        Assert.Equal(3, pipeline.CallsInTable);
        await test.Streaming.StopAsync(graceful: true, stopEngine: false, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(3 * 2 * sizeof(int), engine.Store.Used); // The table's.
        engine.Dispose();
        Assert.Equal((0, 0), (engine.Pool.Outstanding, engine.Store.Used));
    }

    [Fact]
    public async Task Records_AreWrittenByGeneratedCodecs()
    {
        await using var test = new StreamingTest();
        var pipeline = new KeptOrders();
        test.Streaming.Add(pipeline);
        test.Start();
        pipeline.Numbers.Give(1, 2, 3);
        await test.AdvanceAsync();
        await test.AdvanceAsync();

        Assert.Equal(["3 item 2 1", "0  1"], pipeline.Lines);
        Assert.Equal(test.Streaming.Engine.DefaultParallelism, Directory.GetFiles(test.Streaming.Engine.Store.Files.Folder!).Length);
    }

    [Fact]
    public async Task Statement77_AWindow_LeavesItsParentsLevelAsItIs_AndHasItsOwn()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>().Stream.Map(number => number + 1);
        var window = numbers.Window(TimeSpan.FromSeconds(2));
        Assert.Equal((StorageLevel.None, StorageLevel.None), (numbers.StorageLevel, window.StorageLevel));
        Assert.Same(window, window.Persist(StorageLevel.MemoryAndDisk));
        Assert.Equal((StorageLevel.None, StorageLevel.MemoryAndDisk), (numbers.StorageLevel, window.StorageLevel));
        numbers.Persist();
        Assert.Equal((StorageLevel.MemoryOnly, StorageLevel.MemoryAndDisk), (numbers.StorageLevel, window.StorageLevel));
    }

    [Fact]
    public async Task Statement90_WithoutPersist_NoStreamHasALevel_AndWithIt_MemoryOnly()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>().Stream;
        var mapped = pairs.MapWithState(State.MapWithStateTests.Sum<int>());
        var sums = pairs.UpdateStateByKey((IReadOnlyList<int> values, Option<int> state) => new(values.Sum() + state.GetValueOrDefault()));
        var windows = pairs.ReduceByKeyAndWindow((left, right) => left + right, (whole, part) => whole - part, TimeSpan.FromSeconds(2));
        var levels = new[]
        {
            pairs.StorageLevel, mapped.StorageLevel, mapped.StateSnapshots().StorageLevel, sums.StorageLevel, windows.StorageLevel,
            windows.Map(pair => pair.Value).CountByWindow(TimeSpan.FromSeconds(2)).StorageLevel,
            test.Streaming.SocketTextStream("localhost", 1).StorageLevel,
            test.Streaming.SocketUtf8Stream("localhost", 1).StorageLevel,
        };
        Assert.All(levels, level => Assert.Equal(StorageLevel.None, level));
        Assert.Equal(StorageLevel.MemoryOnly, sums.Persist().StorageLevel);
        Assert.Equal(StorageLevel.MemoryOnly, windows.Cache().StorageLevel);
    }

    [Fact]
    public async Task Streams_HaveALevel_UntilTheStart()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>().Stream.Map(number => number + 1);
        Assert.Equal(StorageLevel.None, numbers.StorageLevel);
        Assert.Same(numbers, numbers.Cache());
        Assert.Equal(StorageLevel.MemoryOnly, numbers.StorageLevel);
        Assert.Throws<InvalidOperationException>(() => numbers.Persist(StorageLevel.DiskOnly));
        Assert.Throws<NotSupportedException>(() => numbers.Map(number => number).Persist(StorageLevel.MemoryOnlySerialized2));
        numbers.Print();
        test.Start();
        Assert.Throws<ContextStartedException>(() => numbers.Persist());
        Assert.Contains(test.Streaming.Plan.Operators, planned => planned is { OperatorName: "Map", IsKept: true });
    }
}

/// <summary>Records of a class, persisted in a file by the codec that the generator writes.</summary>
[StreamingPipeline]
public sealed partial class KeptOrders
{
    internal GivenInput<int> Numbers { get; } = new();

    internal List<string> Lines { get; } = [];

    public void Define(StreamingContext streaming)
    {
        var standing = streaming.Engine.Parallelize([new KeptOrder(0, [])]).Persist(StorageLevel.DiskOnly);
        Numbers.AddTo(streaming).ForeachRdd(rdd =>
        {
            var orders = rdd.Map(number => new KeptOrder(number, [$"item {number}"])).Persist(StorageLevel.DiskOnly);
            Lines.Add($"{orders.Count()} {orders.Filter(order => order.Id > 1).Map(order => order.Items[0]).Collect().FirstOrDefault()} {standing.Count()}");
        });
    }
}

/// <summary>An order.</summary>
public sealed record KeptOrder(int Id, IReadOnlyList<string> Items);

/// <summary>Numbers joined with a table that is persisted; each batch's are persisted too.</summary>
[StreamingPipeline]
public sealed partial class KeptNumbers(EngineContext engine)
{
    private readonly List<string> _lines = [];
    private int _callsInBatches;
    private int _callsInTable;

    internal GivenInput<int> Numbers { get; } = new();

    internal IEnumerable<string> Lines => _lines;

    internal int CallsInBatches => _callsInBatches;

    internal int CallsInTable => _callsInTable;

    public void Define(StreamingContext streaming)
    {
        var table = engine.Parallelize([1, 2, 3], 1).Map(number => CountedPair(number)).Persist();
        Numbers.AddTo(streaming).ForeachRdd(rdd =>
        {
            var kept = rdd.Map(number => Counted(number)).Persist();
            var pairs = kept.KeyBy(number => number).Join(table).MapValues(values => values.Right).Collect();
            var large = kept.Filter(number => number > 3).Count();
            var all = kept.Filter(number => number < 4).Count() * 2;
            _lines.Add(pairs.Length == 0 ? $"{all} {large}" : $"{string.Join(',', pairs.Order().Select(pair => $"{pair.Key}:{pair.Item2}"))} {all} {large}");
            kept.Unpersist();
        });
    }

    private int Counted(int number)
    {
        Interlocked.Increment(ref _callsInBatches);
        return number;
    }

    private (int Key, int Double) CountedPair(int number)
    {
        Interlocked.Increment(ref _callsInTable);
        return (number, 2 * number);
    }
}
