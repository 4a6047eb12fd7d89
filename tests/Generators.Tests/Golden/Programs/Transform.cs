namespace Golden;

[StreamingPipeline]
public sealed partial class Transform(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<int>("input")
            .Transform((rdd, time) => rdd.Map(number => number + time.Milliseconds).Filter(number => number > 0))
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
