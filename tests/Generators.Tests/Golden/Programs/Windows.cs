namespace Golden;

[StreamingPipeline]
public sealed partial class Windows(ResultLog log, int factor)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    public void Define(StreamingContext streaming)
    {
        var numbers = streaming.Input<int>("input");
        numbers.Filter(number => number > 0).Window(Length).Map(number => number * factor)
            .ForeachRdd(rdd => log.Add("window", rdd.Collect()));
        numbers.Map(number => (Key: number % 3, Value: number)).ReduceByKeyAndWindow((left, right) => left + right, Length).Filter(pair => pair.Value > factor)
            .ForeachRdd(rdd => log.Add("by key", rdd.Collect()));
        numbers.Map(number => (number % 3, number)).GroupByKeyAndWindow(Length, Length).MapValues(values => string.Join(',', values))
            .ForeachRdd(rdd => log.Add("groups", rdd.Collect()));
        numbers.Map(number => number + 1L).ReduceByWindow((left, right) => left + right, (whole, part) => whole - part, Length)
            .ForeachRdd(rdd => log.Add("sum", rdd.Collect()));
        numbers.Filter(number => number > 5).CountByWindow(Length)
            .ForeachRdd(rdd => log.Add("count", rdd.Collect()));
        numbers.Map(number => (number % 3, number)).ReduceByKeyAndWindow((left, right) => left + right, (whole, part) => whole - part, Length, filter: pair => pair.Value != 0)
            .ForeachRdd(rdd => log.Add("sliding", rdd.Collect()));
        numbers.Filter(number => number > 0).CountByValueAndWindow(Length).Map(pair => pair.Value)
            .ForeachRdd(rdd => log.Add("values", rdd.Collect()));
    }
}
