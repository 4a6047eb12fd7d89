namespace Golden;

[StreamingPipeline]
public sealed partial class Reduce(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<double>("input")
            .Map(Math.Abs)
            .Reduce(Math.Max)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
