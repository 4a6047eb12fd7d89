namespace Golden;

[StreamingPipeline]
public sealed partial class HelperMethods(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        Clean(streaming.Input<string>("input").Map(line => line.Trim()))
            .Words()
            .Map(word => (word, 1))
            .ReduceByKey((a, b) => a + b)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));

    private static DStream<string> Clean(DStream<string> lines) => lines.Filter(line => line.Length > 0);
}

[StreamingOperators]
internal static partial class TextOperators
{
    public static DStream<string> Words(this DStream<string> lines) => lines.FlatMap(line => line.Split(' ')).Filter(word => word != "");
}
