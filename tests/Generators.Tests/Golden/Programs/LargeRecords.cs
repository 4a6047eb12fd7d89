namespace Golden;

/// <summary>Structures of more than four fields: what only reads them gets references, what does anything else gets copies.</summary>
[StreamingPipeline]
public sealed partial class LargeRecords(ResultLog log)
{
    public void Define(StreamingContext streaming)
    {
        var sales = streaming.Input<(int Id, int Region, int Price, int Count, double Weight, int Day)>("sales");
        sales.Filter(sale => sale.Price > 0).Map(sale => (sale.Region, (long)sale.Price * sale.Count)).ReduceByKey((a, b) => a + b)
            .ForeachRdd(rdd => log.Add("selected", rdd.Collect()));
        sales.Filter(sale => Math.Max(sale.Count, log is null ? 1 : 0) >= 0).Map(sale => (sale.Id, sale)).ForeachRdd(rdd => log.Add("kept", rdd.Collect()));
        sales.Map(sale =>
            {
                sale.Price++;
                return sale;
            })
            .Map(sale =>
            {
                ref var price = ref sale.Price;
                price *= 2;
                return sale;
            })
            .Map(sale => new[] { 1, 2 }.Sum(factor => factor * sale.Count) + sale.Price)
            .ForeachRdd(rdd => log.Add("written", rdd.Collect()));
        sales.Map(sale => Doubled(ref sale)).Reduce((a, b) => a + b).ForeachRdd(rdd => log.Add("reference", rdd.Collect()));
        sales.Filter(sale => sale is { Day: > 3 } or { Weight: < 1 }).Map(sale => sale with { Day = sale.Day + 1 }).Map(sale => $"{sale.Id} {sale}")
            .ForeachRdd(rdd => log.Add("matched", rdd.Take(4)));
        sales.Filter(sale => sale.Id % 2 == 0).Map(sale => sale.ToString().Length).Reduce((a, b) => Math.Max(a, b))
            .ForeachRdd(rdd => log.Add("called", rdd.Collect()));
        streaming.Input<(string, string, string, string, string)>("words").Filter(words => words.Item1 != words.Item5).Map(words => words.Item2 + words.Item3)
            .ForeachRdd(rdd => log.Add("words", rdd.Collect()));
    }

    private static int Doubled(ref (int Id, int Region, int Price, int Count, double Weight, int Day) sale) => sale.Id *= 2;
}
