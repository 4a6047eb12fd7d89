namespace CodegenStreaming.Conformance;

/// <summary>Batches are stored as object files, by the codecs that the generator has written, and joined by a program whose types have changed.</summary>
public sealed class StoredOrdersTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StoredBatches_AreJoinedByALaterProgram(bool useGeneratedLoops)
    {
        var folder = Directory.CreateTempSubdirectory("stored-orders-").FullName;
        try
        {
            await StoreAsync(folder, useGeneratedLoops, [1, -1, 4], [7]);
            var batches = Directory.GetDirectories(folder).Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(2, batches.Length);

            // The same batches again, as after a restart: the folders are replaced.
            var before = File.ReadAllBytes(Path.Combine(batches[1], "part-00000"));
            await StoreAsync(folder, useGeneratedLoops, [1, -1, 4], [7]);
            Assert.Equal(batches, Directory.GetDirectories(folder).Order(StringComparer.Ordinal));
            Assert.Equal(before, File.ReadAllBytes(Path.Combine(batches[1], "part-00000")));

            Assert.Equal(
                ["1 Toy 0 product 1 0.25 True", "4 Book 0 product 4 1 True", "4 Book 0 product 4 1 True"],
                await ReadAsync(batches[0], useGeneratedLoops, [4, 7, 1], [4]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task StoreAsync(string folder, bool useGeneratedLoops, params int[][] batches)
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { UseGeneratedLoops = useGeneratedLoops } });
        test.Streaming.Add(new OrderStore(folder, new Queue<int[]>(batches)));
        test.Start();
        await test.AdvanceAsync(batches.Length);
    }

    private static async Task<List<string>> ReadAsync(string folder, bool useGeneratedLoops, params int[][] batches)
    {
        using var engine = new EngineContext(master: "local[2]");
        await using var test = new StreamingTest(new StreamingTestOptions { Engine = engine, Streaming = { UseGeneratedLoops = useGeneratedLoops } });
        var reader = new LaterOrderReader(engine, folder, new Queue<int[]>(batches));
        test.Streaming.Add(reader);
        test.Start();
        await test.AdvanceAsync();
        reader.Results.Sort(StringComparer.Ordinal);
        await test.AdvanceAsync(batches.Length - 1);
        return reader.Results;
    }
}
