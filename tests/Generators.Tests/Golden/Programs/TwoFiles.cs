namespace Golden;

[StreamingPipeline]
public sealed partial class TwoFiles(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        Refine(streaming.Input<int>("input"))
            .Map(number => number + 1)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}

public sealed partial class TwoFiles
{
    private static DStream<int> Refine(DStream<int> numbers) => numbers.Filter(number => number > 0).Map(number => number * 3);
}
