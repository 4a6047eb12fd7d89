namespace CodegenStreaming.Samples;

/// <summary>The ten hashtags that are used most in the latest posts.</summary>
[StreamingPipeline]
public sealed partial class TopHashtags(IAsyncEnumerable<string> posts, TimeSpan window)
{
    public void Define(StreamingContext streaming) =>
        streaming.AsyncEnumerableStream(posts)
                 .FlatMap(post => post.Split(' '))
                 .Filter(word => word.StartsWith('#'))
                 .Map(tag => (tag, 1))
                 .ReduceByKeyAndWindow((a, b) => a + b, (a, b) => a - b, window, filter: tag => tag.Value > 0)
                 .Map(tag => (tag.Value, tag.Key))
                 // What streams do not have, their batches' data sets do: an order.
                 .Transform(rdd => rdd.SortByKey(ascending: false))
                 .ForeachRdd((rdd, time) =>
                 {
                     var top = rdd.Take(10);
                     Console.WriteLine($"{time}: {string.Join(", ", top.Select(tag => $"{tag.Item2} {tag.Item1}"))}");
                 });
}
