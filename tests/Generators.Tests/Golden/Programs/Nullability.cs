namespace Golden;

[StreamingPipeline]
public sealed partial class Nullability(ResultLog log)
{
    public void Define(StreamingContext streaming)
    {
        streaming.Input<string?>("input")
            .Filter(line => line is not null)
            .Map(line => line!)
            .Map<string?>(line => line.Length == 0 ? null : line)
            .Map(line => (line, Length: line?.Length))
            .ReduceByKey((a, b) => a + b)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
#nullable disable
        streaming.Input<string>("other")
            .Map(line => line.Length)
            .ForeachRdd(rdd => log.Add("other", rdd.Collect()));
#nullable restore
    }
}
