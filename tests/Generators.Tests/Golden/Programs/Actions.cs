namespace Golden;

[StreamingPipeline]
public sealed partial class Actions(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<int>("input").ForeachRdd(rdd =>
        {
            var even = rdd.Filter(number => number % 2 == 0);
            log.Add("count", even.Count());
            log.Add("taken", even.Take(3));
            log.Add("first", even.First());
            log.Add("sum", even.Reduce((a, b) => a + b));
            log.Add("values", even.CountByValue());
            log.Add("iterated", even.ToLocalIterator());
            even.Foreach(number => log.Each("each", number));
            even.ForeachPartition(numbers => log.Partition("partition", numbers));
        });
}
