namespace Golden;

[StreamingPipeline]
public sealed partial class CapturedLocals(ResultLog log)
{
    public void Define(StreamingContext streaming)
    {
        var least = DateTime.UnixEpoch.Day;
        streaming.Input<int>("input")
            .Map(number => number + 1)
            .Filter(number => number > least)
            .Map(number => number * 2)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
    }
}
