namespace Golden;

[StreamingPipeline]
public sealed partial class MapValues(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<(string Name, int Count)>("input")
            .MapValues(count => count + 1)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
