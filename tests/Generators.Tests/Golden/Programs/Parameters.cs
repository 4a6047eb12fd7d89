namespace Golden;

[StreamingPipeline]
public sealed partial class Parameters(ResultLog log)
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<int>("input")
            .Map(_ => 1)
            .Map(@class => (@class, output: @class + 1))
            .ReduceByKey((_, _) => 5)
            .Map(input => input.Value)
            .Map((int source) => source + 1)
            .Reduce((_, sink) => sink)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
