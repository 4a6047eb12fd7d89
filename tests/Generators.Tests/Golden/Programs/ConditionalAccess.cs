namespace Golden;

[StreamingPipeline]
public sealed partial class ConditionalAccess(ResultLog log)
{
    private readonly string? _suffix = null;

    public void Define(StreamingContext streaming) =>
        streaming.Input<string?>("input")
            .Map(line => line?.Trim()?.Split(' ')[0] ?? _suffix)
            .Filter(word => word?.Length is > 0)
            .Map(word => word!.Length)
            .ForeachRdd(rdd => log?.Add("out", rdd.Collect()));
}
