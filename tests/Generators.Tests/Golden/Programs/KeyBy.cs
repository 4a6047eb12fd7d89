namespace Golden;

[StreamingPipeline]
public sealed partial class KeyBy(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<string>("input")
            .KeyBy(word => word.Length)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
