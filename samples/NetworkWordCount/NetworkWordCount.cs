namespace CodegenStreaming.Samples;

/// <summary>Counts the words of each batch of lines.</summary>
[StreamingPipeline]
public sealed partial class NetworkWordCount(string host, int port)
{
    public void Define(StreamingContext streaming) =>
        streaming.SocketTextStream(host, port)
                 .FlatMap(line => line.Split(' '))
                 .Map(word => (word, 1))
                 .ReduceByKey((a, b) => a + b)
                 .Print();
}
