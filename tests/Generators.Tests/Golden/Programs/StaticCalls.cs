namespace Golden;

[StreamingPipeline]
public sealed partial class StaticCalls(ResultLog log)
{
    public void Define(StreamingContext streaming)
    {
        var pairs = streaming.Input<(int, int)>("input");
        var doubled = DStreamMapValuesExtensions.MapValues(pairs, value => value * 2);
        DStreamReduceByKeyExtensions.ReduceByKey(function: (a, b) => a + b, source: doubled)
            .ForeachRdd(rdd => log.Add("out", RddMapValuesExtensions.MapValues(rdd, value => -value).Collect()));
    }
}
