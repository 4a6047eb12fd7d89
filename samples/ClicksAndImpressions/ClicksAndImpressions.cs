using System.Threading.Channels;

namespace CodegenStreaming.Samples;

/// <summary>
/// Which advertisements the latest clicks belong to. A click comes some time after its advertisement was shown, so it is joined with a longer window of
/// these.
/// </summary>
[StreamingPipeline]
public sealed partial class ClicksAndImpressions(ChannelReader<Impression> impressions, ChannelReader<Click> clicks, TimeSpan slide, TimeSpan patience)
{
    public void Define(StreamingContext streaming)
    {
        // Windows may differ in their lengths; to be joined they need the same slide. Each click is in one window.
        var shown = streaming.ChannelStream(impressions).Map(impression => (impression.View, impression.Ad)).Window(patience, slide);
        var clicked = streaming.ChannelStream(clicks).Map(click => (click.View, click.User)).Window(slide, slide);

        clicked.LeftOuterJoin(shown)
               .Map(click => (click.Values.Right.GetValueOrDefault("(too late)"), 1))
               .ReduceByKey((a, b) => a + b)
               .Print();
    }
}
