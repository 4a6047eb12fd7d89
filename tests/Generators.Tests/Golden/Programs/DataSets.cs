namespace Golden;

/// <summary>Chains before and after operators that bring data sets together.</summary>
[StreamingPipeline]
public sealed partial class DataSets(ResultLog log)
{
    private readonly string _separator = ",";

    public void Define(StreamingContext streaming)
    {
        var numbers = streaming.Input<int>("numbers");
        var remainders = numbers.Map(n => (n % 3, n));
        remainders.Join(numbers.Filter(n => n > 4).Map(n => (n % 3, n + 1))).Map(pair => pair.Values.Left * pair.Values.Right).ForeachRdd(rdd => log.Add("streams", rdd.Collect()));
        remainders.Cogroup(numbers.Map(n => (n % 2, n))).Map(group => (group.Key, group.Values.Left.Count, group.Values.Right.Count))
            .ForeachRdd(rdd => log.Add("groups", rdd.Collect()));
        numbers.ForeachRdd(rdd =>
        {
            var squares = rdd.Filter(n => n > 0).Map(n => (n % 5, n * n));
            log.Add("join", rdd.Map(n => (n % 5, n)).Join(squares).Map(pair => pair.Values.Left + pair.Values.Right).Collect());
            log.Add("sort", rdd.Map(n => n * 3).SortBy(n => -n).Filter(n => n % 2 == 0).Collect());
            log.Add("distinct", rdd.Map(n => n % 7).Distinct().Map(n => n + 1).Collect());
            log.Add("subtract", rdd.Map(n => n + 1).Subtract(rdd.Filter(n => n > 8)).Count());
            var pairs = rdd.Map(n => (n % 4, n + 1));
            log.Add("left", pairs.LeftOuterJoin(squares).Map(pair => $"{pair.Key} {pair.Values.Right}").Collect());
            log.Add("right", pairs.RightOuterJoin(squares).Map(pair => $"{pair.Key} {pair.Values.Left}").Collect());
            log.Add("full", pairs.FullOuterJoin(squares, 2).Map(pair => $"{pair.Key} {pair.Values}").Collect());
            log.Add("rest", pairs.SubtractByKey(squares).Values().Map(n => n * 2).Collect());
            log.Add("sums", pairs.PartitionBy(new HashPartitioner<int>(2)).AggregateByKey(0L, (sum, n) => sum + n, (a, b) => a + b).SortByKey(ascending: false).Collect());
            log.Add("keys", pairs.Filter(pair => pair.Item2 > 3).Keys().Coalesce(1).MapPartitionsWithIndex((index, keys) => keys.Select(key => (index, key))).Collect());
            log.Add("top", rdd.Filter(n => n != 5).Top(2));
            log.Add("values", pairs.Values().Filter(n => n > 3).Map(n => n + 1L).Sum());
            log.Add("words", rdd.Map(n => $"{n % 3}").Distinct().SortBy(word => word).Collect());
            log.Add("folded", rdd.Map(n => n * 2).Fold(1, Math.Max));
            log.Add("bag", pairs.AggregateByKey("", (text, n) => text + _separator + n, (a, b) => a + b).Collect());
            log.Add("fold", rdd.Map(n => n / 2.0).Aggregate(0.0, (sum, n) => sum + n, (a, b) => a + b));
        });
    }
}
