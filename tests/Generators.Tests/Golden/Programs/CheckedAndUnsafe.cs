namespace Golden;

[StreamingPipeline]
public sealed unsafe partial class CheckedAndUnsafe(ResultLog log)
{
    public void Define(StreamingContext streaming)
    {
        checked
        {
            streaming.Input<int>("input")
                .Map(number => number * 1_000_000)
                .Map(number => unchecked(number * 31))
                .Map(number => *&number)
                .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
        }
    }
}
