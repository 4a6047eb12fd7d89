namespace Golden;

[StreamingPipeline]
public sealed partial class Print
{
    public void Define(StreamingContext streaming) =>
        streaming.Input<int>("input")
            .Map(number => number + 1)
            .Print(3);
}
