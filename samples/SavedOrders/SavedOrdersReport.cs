using System.Globalization;

namespace CodegenStreaming.Samples;

/// <summary>What the saved files say, by actions of data sets that belong to no batch.</summary>
[StreamingOperators]
internal sealed partial class SavedOrdersReport(EngineContext engine, string folder)
{
    // The files of all batches. They are read by the first action that needs them.
    private readonly Rdd<Order> _orders = engine.ObjectFile<Order>(Path.Combine(folder, "orders-*")).Persist();

    /// <summary>What an order of each article brings in on average.</summary>
    public Rdd<(string Article, decimal Average)> Averages() =>
        _orders.Map(order => (order.Article, order.Amount))
               .AggregateByKey(
                   (Count: 0, Total: 0m),
                   (sums, amount) => (sums.Count + 1, sums.Total + amount),
                   (left, right) => (left.Count + right.Count, left.Total + right.Total))
               .MapValues(sums => sums.Total / sums.Count)
               .Persist();

    public void Print()
    {
        Console.WriteLine($"{_orders.Count()} orders were saved, {_orders.Map(order => order.Amount).Sum()} in all.");
        Console.WriteLine("By article, the text files say:");
        foreach (var (article, total) in Totals().SortBy(total => total.Value, ascending: false).Collect())
        {
            Console.WriteLine($"  {article,-8} {total,10}");
        }

        Console.WriteLine("The largest orders:");
        foreach (var order in _orders.Top(3, Comparer<Order>.Create((left, right) => left.Amount.CompareTo(right.Amount))))
        {
            Console.WriteLine($"  {order.Pieces} {order.Article} for {order.Amount}, number {order.Number}");
        }
    }

    /// <summary>Lines such as <c>(bread,12.30)</c>, one of each article and batch.</summary>
    private Rdd<(string Article, decimal Value)> Totals() =>
        engine.TextFile(Path.Combine(folder, "totals-*.txt"))
              .Map(line => line[1..^1].Split(','))
              .Map(pair => (pair[0], decimal.Parse(pair[1], CultureInfo.InvariantCulture)))
              .ReduceByKey((a, b) => a + b);
}
