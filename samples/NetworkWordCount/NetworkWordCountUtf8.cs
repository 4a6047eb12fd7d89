namespace CodegenStreaming.Samples;

/// <summary>The same on UTF-8: lines and words stay in the bytes that were received, and no string is made of them.</summary>
[StreamingPipeline]
public sealed partial class NetworkWordCountUtf8(string host, int port)
{
    public void Define(StreamingContext streaming) =>
        streaming.SocketUtf8Stream(host, port)
                 .FlatMap(line => line.Split(' '))
                 .Map(word => (word, 1))
                 .ReduceByKey((a, b) => a + b)
                 .Print();
}
