namespace Golden;

[StreamingPipeline]
public sealed partial class CountByValue(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<string>("input")
            .FlatMap(line => line)
            .CountByValue()
            .Filter(entry => entry.Count > 1)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
