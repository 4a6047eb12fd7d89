namespace Golden;

[StreamingPipeline]
public sealed partial class FanOut(ResultLog log)
{
    public void Define(StreamingContext streaming)
    {
        var words = streaming.Input<string>("input").FlatMap(line => line.Split(' ')).Filter(word => word.Length > 0);
        words.Map(word => word.Length).Reduce(Math.Max).ForeachRdd(rdd => log.Add("longest", rdd.Collect()));
        words.Map(word => (word, 1)).ReduceByKey((a, b) => a + b).ForeachRdd(rdd => log.Add("counts", rdd.Collect()));
    }
}
