namespace Golden;

[StreamingPipeline]
public sealed partial class GroupByKey(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<(int, string)>("input")
            .Filter(pair => pair.Item1 > 0)
            .GroupByKey()
            .MapValues(values => string.Join(',', values))
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
