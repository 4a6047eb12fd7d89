namespace Golden;

[StreamingPipeline]
public sealed partial class PrimaryConstructor(ResultLog log, int least, Func<int, int> weigh)
{
    private readonly int _offset = least + 1;

    private int Most { get; init; } = 100;

    public void Define(StreamingContext streaming) =>
        streaming.Input<int>("input")
            .Filter(number => number >= least && number < this.Most)
            .Map(number => weigh(number) + _offset)
            .Map(weigh)
            .ForeachRdd(rdd => log.Add("out", rdd.Collect()));
}
