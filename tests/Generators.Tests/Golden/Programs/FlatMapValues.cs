namespace Golden;

[StreamingPipeline]
public sealed partial class FlatMapValues(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<(string, string)>("input")
            .FlatMapValues(text => text.Split(','))
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
