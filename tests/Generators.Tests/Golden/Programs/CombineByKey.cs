namespace Golden;

[StreamingPipeline]
public sealed partial class CombineByKey(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<(int, double)>("input")
            .CombineByKey(
                value => (Sum: value, Count: 1),
                (sum, value) => (sum.Sum + value, sum.Count + 1),
                (left, right) => (left.Sum + right.Sum, left.Count + right.Count),
                numPartitions: 2)
            .MapValues(average => average.Sum / average.Count)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
