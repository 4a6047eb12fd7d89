namespace Golden;

[StreamingPipeline]
public sealed partial class FlatMap(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<string>("input")
            .FlatMap(line => line.Split(' '))
            .FlatMap(word => word.Where(char.IsLetter))
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
