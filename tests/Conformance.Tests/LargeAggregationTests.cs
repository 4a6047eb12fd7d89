namespace CodegenStreaming.Conformance;

public sealed class LargeAggregationTests
{
    private const int Bound = 128 * 1024;

    [Fact]
    public async Task AggregationsBeyondTheirMemory_GiveTheSame_FusedAndUnfused()
    {
        var folder = Directory.CreateTempSubdirectory("large-aggregations").FullName;
        try
        {
            for (var file = 0; file < 3; file++)
            {
                var path = Path.Combine(folder, $"{file}.txt");
                File.WriteAllLines(path, Enumerable.Range(0, 40_000).Select(line => $"{(line * 7919) % 30_011} {line}"));
                File.SetLastWriteTimeUtc(path, new StreamingTestOptions().StartTime.UtcDateTime);
            }

            var expected = await RunAsync(folder, useGeneratedLoops: false, null);
            Assert.Equal(6, expected.Count);
            Assert.Equal(expected, await RunAsync(folder, useGeneratedLoops: true, null));
            Assert.Equal(expected, await RunAsync(folder, useGeneratedLoops: true, Bound));
            Assert.Equal(expected, await RunAsync(folder, useGeneratedLoops: false, Bound));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<string>> RunAsync(string folder, bool useGeneratedLoops, long? bound)
    {
        using var engine = new EngineContext(master: "local[2]", defaultParallelism: 2, maxAggregationMemory: bound);
        var pipeline = new LargeAggregations(folder);
        await using var test = new StreamingTest(
            pipeline, new StreamingTestOptions { Engine = engine, Streaming = { UseGeneratedLoops = useGeneratedLoops } });
        test.KeepSources();
        await test.AdvanceAsync();
        await test.StopAsync();
        Assert.Equal(bound is null, engine.Aggregations.Spills == 0);
        Assert.Equal(0, engine.Aggregations.Held);
        Assert.Equal(0, engine.Pool.Outstanding);
        Assert.True(engine.Store.Files.Folder is null || Directory.GetFiles(engine.Store.Files.Folder).Length == 0);
        return pipeline.Results;
    }
}
