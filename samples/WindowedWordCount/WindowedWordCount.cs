namespace CodegenStreaming.Samples;

/// <summary>Counts the words of the latest lines, again and again.</summary>
[StreamingPipeline]
public sealed partial class WindowedWordCount(IAsyncEnumerable<string> lines, TimeSpan window, TimeSpan slide)
{
    public void Define(StreamingContext streaming) =>
        streaming.AsyncEnumerableStream(lines)
                 .FlatMap(line => line.Split(' '))
                 .Map(word => (word, 1))
                 // From one window to the next, what enters is added and what leaves is taken out; the filter drops words that have left.
                 .ReduceByKeyAndWindow((a, b) => a + b, (a, b) => a - b, window, slide, filter: count => count.Value > 0)
                 .Print(20);
}
