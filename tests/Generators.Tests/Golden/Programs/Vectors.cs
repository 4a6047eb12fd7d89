namespace Golden;

public enum TradeKind : byte
{
    Buy,
    Sell,
}

public readonly record struct Trade(int Id, int Price, long Volume, TradeKind Kind);

[StreamingPipeline]
public sealed partial class Vectors(ResultLog log)
{
    public void Define(StreamingContext streaming)
    {
        var numbers = streaming.Input<int>("numbers");
        numbers.Filter(n => n % 2 == 0).Map(n => (n * 3L) + 1).Reduce((a, b) => a + b).ForeachRdd(rdd => log.Add("fold", rdd.Collect()));
        numbers.Filter(n => n is > 10 and < 1000 || n % 7 == 3).Count().ForeachRdd(rdd => log.Add("count", rdd.Collect()));
        numbers.ForeachRdd(rdd => log.Add("values", rdd.Filter(n => (n & 3) != 0).Map(n => n / 10.0).Collect()));
        var trades = streaming.Input<Trade>("trades");
        trades.Filter(trade => trade.Price > 100 && trade.Kind == TradeKind.Sell)
            .Map(trade => (trade.Id % 100, trade.Price * trade.Volume))
            .ReduceByKey((a, b) => a + b)
            .ForeachRdd(rdd => log.Add("keys", rdd.Collect()));
        trades.Map(trade => trade.Volume).Filter(volume => volume > 0).Map(volume => Math.Sqrt(volume)).Reduce((a, b) => a + b)
            .ForeachRdd(rdd => log.Add("ordered", rdd.Collect()));
    }
}
