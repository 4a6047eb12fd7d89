namespace CodegenStreaming.Samples;

/// <summary>Finds the orders that are far larger than those that were saved before.</summary>
[StreamingPipeline]
public sealed partial class LargeOrders(IAsyncEnumerable<Order> orders, Rdd<(string Article, decimal Average)> averages)
{
    public void Define(StreamingContext streaming) =>
        streaming.AsyncEnumerableStream(orders)
                 .KeyBy(order => order.Article)
                 .Transform(rdd => rdd.Join(averages))
                 .Filter(joined => joined.Values.Left.Amount > 3 * joined.Values.Right)
                 .Map(joined => $"{joined.Values.Left.Pieces} {joined.Key} for {joined.Values.Left.Amount}; the average is {joined.Values.Right:0.00}")
                 .Print(3);
}
