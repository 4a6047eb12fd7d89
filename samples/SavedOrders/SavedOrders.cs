namespace CodegenStreaming.Samples;

/// <summary>Saves the orders of each batch as they are, and as text what each article has brought in.</summary>
[StreamingPipeline]
public sealed partial class SavedOrders(IAsyncEnumerable<Order> orders, string folder)
{
    public void Define(StreamingContext streaming)
    {
        var received = streaming.AsyncEnumerableStream(orders);
        received.SaveAsObjectFiles(Path.Combine(folder, "orders"));
        received.Map(order => (order.Article, order.Amount))
                .ReduceByKey((a, b) => a + b)
                .SaveAsTextFiles(Path.Combine(folder, "totals"), "txt");
    }
}
