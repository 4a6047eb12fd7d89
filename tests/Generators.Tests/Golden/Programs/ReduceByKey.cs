namespace Golden;

[StreamingPipeline]
public sealed partial class ReduceByKey
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<string>("input")
            .FlatMap(line => line.Split(' '))
            .Map(word => (word, 1))
            .ReduceByKey((a, b) => a + b)
            .Print();
}
