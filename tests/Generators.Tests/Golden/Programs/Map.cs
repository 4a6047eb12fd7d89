namespace Golden;

[StreamingPipeline]
public sealed partial class Map(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<int>("input")
            .Map(number => number * 2L)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
