namespace Golden;

[StreamingPipeline]
public sealed partial class Filter(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<string>("input")
            .Filter(line => line.Contains("error"))
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
