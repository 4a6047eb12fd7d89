namespace Golden;

[StreamingPipeline]
public sealed partial class LoopsAndConditions(ResultLog log, bool isStrict)
{
    public void Define(StreamingContext streaming)
    {
        var numbers = streaming.Input<int>("input").Map(number => number + 1);
        if (isStrict)
        {
            numbers = numbers.Filter(number => number > 10);
        }

        for (var round = 0; round < 3; round++)
        {
            numbers = numbers.Map(number => number * 2);
            numbers.Filter(number => number % 4 == 0).ForeachRdd(rdd => log.Add("out" + round, rdd.Collect()));
        }
    }
}
