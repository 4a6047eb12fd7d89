namespace Golden;

/// <summary>Chains before and after operators that bring data sets together.</summary>
[StreamingPipeline]
public sealed partial class DataSets(ResultLog log)
{
    public void Define(StreamingContext streaming)
    {
        var numbers = streaming.Input<int>("numbers");
        numbers.ForeachRdd(rdd =>
        {
            var squares = rdd.Filter(n => n > 0).Map(n => (n % 5, n * n));
            log.Add("join", rdd.Map(n => (n % 5, n)).Join(squares).Map(pair => pair.Values.Left + pair.Values.Right).Collect());
            log.Add("sort", rdd.Map(n => n * 3).SortBy(n => -n).Filter(n => n % 2 == 0).Collect());
            log.Add("distinct", rdd.Map(n => n % 7).Distinct().Map(n => n + 1).Collect());
            log.Add("subtract", rdd.Map(n => n + 1).Subtract(rdd.Filter(n => n > 8)).Count());
            log.Add("top", rdd.Filter(n => n != 5).Top(2));
            log.Add("fold", rdd.Map(n => n / 2.0).Aggregate(0.0, (sum, n) => sum + n, (a, b) => a + b));
        });
    }
}
