namespace CodegenStreaming.Conformance;

/// <summary>Chains over the files of a directory, of which each file stream has one reader and is read block by block.</summary>
[StreamingPipeline]
public sealed partial class FileWords(string directory)
{
    internal List<string> Results { get; } = [];

    public void Define(StreamingContext streaming)
    {
        var options = new FileStreamOptions { NewFilesOnly = false };
        streaming.Utf8FileStream(directory, options)
            .FlatMap(line => line.Split(' '))
            .Map(word => (word, 1))
            .ReduceByKey((a, b) => a + b)
            .ForeachRdd(rdd => Results.Add(string.Join(' ', rdd.Collect().Select(pair => $"{pair.Key}:{pair.Value}"))));

        streaming.Utf8FileStream(directory, options)
            .Filter(line => line.Contains("7 "u8) && line.Length > 3)
            .Map(line => line.Field(' ', 1).Parse<long>())
            .Reduce((a, b) => a + b)
            .ForeachRdd(rdd => Results.Add(string.Join(' ', rdd.Collect())));

        streaming.TextFileStream(directory, options)
            .Union(streaming.TextFileStream(directory, options))
            .Filter(line => line.Length > 0)
            .Count()
            .ForeachRdd(rdd => Results.Add(string.Join(' ', rdd.Collect())));
    }
}
