namespace CodegenStreaming.Conformance;

/// <summary>A stream and a data set that is none of its batches'.</summary>
public sealed class StaticTableTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Streams_AreJoinedWithATable_ThatMayChange(bool useGeneratedLoops)
    {
        using var engine = new EngineContext(master: "local[2]", defaultParallelism: 2);
        var pipeline = new PricedOrders(engine);
        await using var test = new StreamingTest(
            pipeline, new StreamingTestOptions { Streaming = { UseGeneratedLoops = useGeneratedLoops }, Engine = engine });
        var orders = test.Source<(int Product, int Amount)>();

        orders.Add((1, 10), (2, 20), (3, 30));
        await test.AdvanceAsync();
        await test.AdvanceAsync();
        pipeline.Prices = engine.Parallelize([(3, "three")]);
        orders.Add((3, 31), (1, 11));
        await test.AdvanceAsync();

        // In the second batch there are no orders; in the third the table is another one.
        Assert.Equal(["10 one", "20 two", "none", "left: one", "left: two", "31 three", "none"], pipeline.Lines);
        await test.StopAsync();
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public async Task Tables_AreUsableBeforeAndAfterTheStream()
    {
        using var engine = new EngineContext(master: "local[2]");
        var table = engine.Parallelize(Enumerable.Range(0, 10), 3);
        Assert.Equal(45, table.Sum());
        await using (var test = new StreamingTest(new PricedOrders(engine), new StreamingTestOptions { Engine = engine }))
        {
            await test.AdvanceAsync();
            await test.Streaming.StopAsync(stopEngine: false, cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(45, table.Sum());
        Assert.Equal(0, engine.Pool.Outstanding);
    }
}
