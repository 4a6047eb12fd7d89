namespace Golden;

[StreamingPipeline]
public sealed partial class Union(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<int>("input")
            .Map(number => number + 1)
            .Union(streaming.Input<int>("other").Filter(number => number > 0))
            .Map(number => number * 2)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
