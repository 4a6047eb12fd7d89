namespace Golden;

[StreamingPipeline]
public sealed partial class Glom(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<int>("input")
            .Filter(number => number > 0)
            .Glom()
            .Map(block => block.Length)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
