using System.Collections.Concurrent;

namespace CodegenStreaming.Conformance;

/// <summary>Orders joined with a table of prices, either of them on the left; the table may be another one from batch to batch.</summary>
[StreamingPipeline]
public sealed partial class PricedOrders(EngineContext engine)
{
    private readonly ConcurrentQueue<string> _lines = new();

    internal Rdd<(int Product, string Price)> Prices { get; set; } = engine.Parallelize([(1, "one"), (2, "two")]);

    internal IEnumerable<string> Lines => _lines;

    public void Define(StreamingContext streaming)
    {
        var orders = streaming.QueueStream(new Queue<(int Product, int Amount)[]>());
        orders.Transform(rdd => rdd.Filter(order => order.Amount > 0).Join(Prices).Map(order => $"{order.Values.Left} {order.Values.Right}"))
            .ForeachRdd(rdd => Log(rdd.SortBy(line => line, ascending: true).Collect()));

        // Prices that nobody paid.
        orders.ForeachRdd(rdd =>
        {
            var unsold = Prices.SubtractByKey(rdd).Map(price => price.Value).Collect();
            Log(unsold.Length == 0 ? ["none"] : unsold.Select(price => $"left: {price}"));
        });
    }

    private void Log(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            _lines.Enqueue(line);
        }
    }
}
