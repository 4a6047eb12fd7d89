namespace CodegenStreaming.Conformance;

/// <summary>The program that a newcomer meets first.</summary>
[StreamingPipeline]
public sealed partial class WordCount
{
    public void Define(StreamingContext streaming) =>
        streaming.SocketTextStream("localhost", 9999)
            .FlatMap(line => line.Split(' '))
            .Map(word => (word, 1))
            .ReduceByKey((a, b) => a + b)
            .Print();
}
