namespace Golden;

[StreamingPipeline]
public sealed partial class GenericHelpers(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        Logged(streaming.Input<int>("input").Map(number => Twice(number)).Map(Twice<int>))
            .Filter(number => Is<int>(number))
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));

    private static T Twice<T>(T value)
        where T : System.Numerics.INumber<T> => value + value;

    private static bool Is<T>(object value) => value is T;

    private static DStream<T> Logged<T>(DStream<T> source) => source.Filter(record => record is not null);
}
