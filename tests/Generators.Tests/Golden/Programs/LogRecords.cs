namespace Golden;

/// <summary>Records of a log: the stream gets the codec of its type, and its loops begin with the ranges of the log.</summary>
[StreamingPipeline]
public sealed partial class LogRecords(ResultLog log)
{
    public void Define(StreamingContext streaming)
    {
        streaming.LogStream<Order>("no such directory", new LogStreamOptions { MaxRecordsPerBatch = 1000 })
            .Filter(order => order.Amount > 0)
            .Map(order => (order.Product, order.Amount))
            .Union(streaming.Input<int>("numbers").Map(n => ($"product {n % 2}", (decimal)n)))
            .ReduceByKey((a, b) => a + b)
            .ForeachRdd(rdd => log.Add("amounts", rdd.Collect()));
    }

    private sealed record Order(string Product, decimal Amount);
}
