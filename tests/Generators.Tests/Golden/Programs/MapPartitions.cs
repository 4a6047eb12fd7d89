namespace Golden;

[StreamingPipeline]
public sealed partial class MapPartitions(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<int>("input")
            .Map(number => number + 1)
            .MapPartitions(numbers => numbers.Skip(1))
            .Filter(number => number > 0)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
