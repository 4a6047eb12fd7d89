using System.Globalization;
using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Rivals;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>A chain over pairs that hold a reference: what an engine pays that shares code between reference types.</summary>
internal sealed class PairsWorkload : Workload
{
    public override string Name => "pairs-string";

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var sales = CreateSales();
        return
        [
            new Contender(ContenderNames.Hand, () => Sum(sales, Branching)),
            new Contender(ContenderNames.Hand, () => Sum(sales, BranchFree)),
            Engine(ContenderNames.Fused, new PairsPipeline(sales)),
            Engine(ContenderNames.Unfused, new PairsPipeline(sales)),
            new Contender(ContenderNames.Linq, () => sales
                .Where(sale => sale.Amount > 10)
                .Select(sale => (sale.Product, Amount: sale.Amount * 2))
                .Select(sale => sale.Product.Length + sale.Amount)
                .Aggregate(0, (left, right) => left + right)),
            .. new SumJob<(string Product, int Amount)>(sales, sale => sale.Amount > 10, sale => sale.Product.Length + (sale.Amount * 2), run => Branching(run)).CreateContenders(),
        ];
    }

    private static (string Product, int Amount)[] CreateSales()
    {
        var random = new Random(17);
        var products = Enumerable.Range(0, 1000).Select(number => "product " + number.ToString(CultureInfo.InvariantCulture)).ToArray();
        var sales = new (string, int)[BatchSize];
        for (var index = 0; index < sales.Length; index++)
        {
            sales[index] = (products[random.Next(products.Length)], random.Next(0, 1000));
        }

        return sales;
    }

    private static long Sum((string Product, int Amount)[] sales, Func<ReadOnlySpan<(string Product, int Amount)>, int> form)
    {
        var sum = 0;
        foreach (var run in Runs(BatchSize))
        {
            sum += form(sales.AsSpan(run));
        }

        return sum;
    }

    private static int Branching(ReadOnlySpan<(string Product, int Amount)> sales)
    {
        var sum = 0;
        foreach (var (product, amount) in sales)
        {
            if (amount > 10)
            {
                sum += product.Length + (amount * 2);
            }
        }

        return sum;
    }

    private static int BranchFree(ReadOnlySpan<(string Product, int Amount)> sales)
    {
        var sum = 0;
        foreach (var (product, amount) in sales)
        {
            var keep = (10 - amount) >> 31;
            sum += (product.Length + (amount * 2)) & keep;
        }

        return sum;
    }
}

[StreamingPipeline]
internal sealed partial class PairsPipeline((string Product, int Amount)[] sales) : IMeasuredPipeline
{
    public long Checksum { get; private set; }

    public void Define(StreamingContext streaming) =>
        new BlockInput<(string Product, int Amount)>(new ArrayBlock<(string Product, int Amount)>(sales, sales.Length, pool: null)).AddTo(streaming)
            .Filter(sale => sale.Amount > 10)
            .MapValues(amount => amount * 2)
            .Map(sale => sale.Item1.Length + sale.Item2)
            .Reduce((left, right) => left + right)
            .ForeachRdd(rdd => rdd.Foreach(sum => Checksum = sum));
}
