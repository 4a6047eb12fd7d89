namespace Golden;

[StreamingPipeline]
public sealed partial class PrivateTypes(ResultLog log)
{
    private enum Level
    {
        Low,
        High,
    }

    public void Define(StreamingContext streaming) =>
        streaming.Input<int>("input")
            .Map(number => new Reading(number, number > 5 ? Level.High : Level.Low))
            .Filter(reading => reading.Level == Level.High)
            .Map(reading => (reading.Level, new Box<Reading>(reading)))
            .ReduceByKey((a, b) => a.Content.Value > b.Content.Value ? a : b)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));

    private readonly record struct Reading(int Value, Level Level);

    private sealed record Box<T>(T Content);
}
