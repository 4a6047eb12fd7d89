namespace CodegenStreaming.Samples;

/// <summary>How often people click on the advertisements of each campaign. What belongs to a campaign changes while the program runs.</summary>
[StreamingPipeline]
public sealed partial class ClickCampaigns(IReadOnlyList<IAsyncEnumerable<AdEvent>> servers, CampaignTable campaigns)
{
    public void Define(StreamingContext streaming)
    {
        // The data sets of several streams, made one; in a few partitions, as there may be many servers.
        var events = streaming.Transform(
            servers.Select(streaming.AsyncEnumerableStream),
            (all, _) => all.Aggregate((left, right) => left.Union(right)).Coalesce(2));

        // A data set that belongs to no batch, joined with each batch: clicks of robots are left out.
        var robots = streaming.Engine.Parallelize(AdEvent.Robots).Map(robot => (robot, true)).Persist();
        var clicks = events.Filter(seen => seen.IsClick)
                           .KeyBy(seen => seen.Visitor)
                           .Transform(rdd => rdd.SubtractByKey(robots))
                           .Map(click => click.Value.Ad);
        var views = events.Filter(seen => !seen.IsClick).Map(seen => seen.Ad);

        // Two streams, batch by batch, with what only data sets have: an order.
        ByCampaign(clicks).TransformWith(ByCampaign(views), (clicked, viewed, _) => clicked.FullOuterJoin(viewed)
                              .Map(both => new CampaignRate(both.Key, both.Values.Left.GetValueOrDefault(), both.Values.Right.GetValueOrDefault()))
                              .SortBy(campaign => campaign.Rate, ascending: false))
                          .Print();
    }

    // The function of Transform runs in every batch, so it sees what is in the table then.
    private DStream<(string Campaign, int Count)> ByCampaign(DStream<string> ads) =>
        ads.Map(ad => (ad, 1))
           .ReduceByKey((a, b) => a + b)
           .Transform((rdd, time) => rdd.Join(campaigns.Of(time)))
           .Map(counted => (counted.Values.Right, counted.Values.Left))
           .ReduceByKey((a, b) => a + b);
}
