namespace Golden;

[StreamingPipeline]
public sealed partial class Count(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<string>("input")
            .Filter(line => line.Length > 0)
            .Count()
            .Map(count => $"{count} lines")
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
