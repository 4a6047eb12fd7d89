namespace CodegenStreaming.Conformance;

public sealed class FileWordsTests
{
    [Fact]
    public async Task FilesReadBlockByBlock_GiveTheSame_FusedAndUnfused()
    {
        var folder = Directory.CreateTempSubdirectory("file-words").FullName;
        try
        {
            // Several blocks each, and a last line without an end.
            for (var file = 0; file < 3; file++)
            {
                var path = Path.Combine(folder, $"{file}.txt");
                File.WriteAllText(path, string.Join('\n', Enumerable.Range(0, 150_000 + file).Select(line => $"word{line % 97} {line} w{file}")));
                File.SetLastWriteTimeUtc(path, new StreamingTestOptions().StartTime.UtcDateTime);
            }

            var fused = await RunAsync(folder, useGeneratedLoops: true);
            Assert.Equal(await RunAsync(folder, useGeneratedLoops: false), fused);
            Assert.Contains("word0:4641", fused[0], StringComparison.Ordinal);
            Assert.Equal("900006", fused[2]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<string>> RunAsync(string folder, bool useGeneratedLoops)
    {
        var pipeline = new FileWords(folder);
        await using var test = new StreamingTest(pipeline, new StreamingTestOptions { Streaming = { UseGeneratedLoops = useGeneratedLoops } });
        test.KeepSources();
        await test.AdvanceAsync(2);
        Assert.Equal(6, pipeline.Results.Count);
        return pipeline.Results;
    }
}
