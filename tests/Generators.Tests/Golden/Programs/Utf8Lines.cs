namespace Golden;

[StreamingPipeline]
public sealed partial class Utf8Lines(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<Utf8Slice>("input")
            .Filter(line => line.Length > 3)
            .Map(line => (line, 1L))
            .ReduceByKey((a, b) => a + b)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
