namespace CodegenStreaming.TestKit.Tests;

/// <summary>A program that reads a server, as users write it.</summary>
[StreamingPipeline]
public sealed partial class WordCount
{
    public void Define(StreamingContext streaming) =>
        streaming.SocketTextStream("no.such.host.invalid", 9999)
            .FlatMap(line => line.Split(' '))
            .Map(word => (word, 1)).Named("words")
            .ReduceByKey((a, b) => a + b)
            .Print().Named("counts");
}
