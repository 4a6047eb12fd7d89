namespace Golden;

[StreamingPipeline]
public sealed partial class Repartition(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<int>("input")
            .Map(number => number + 1)
            .Repartition(4)
            .Map(number => number - 1)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
