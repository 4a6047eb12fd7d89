namespace CodegenStreaming.Samples;

/// <summary>Follows the visits of people to a web site. A visit ends when its visitor has not been seen for a while.</summary>
[StreamingPipeline]
public sealed partial class Sessions(IAsyncEnumerable<PageView> views, TimeSpan timeout)
{
    public void Define(StreamingContext streaming)
    {
        var visits = streaming.AsyncEnumerableStream(views)
                              .Map(view => (view.User, view.Page))
                              .MapWithState(StateSpec.Function((BatchTime time, string user, Option<string> page, State<Visit> visit) =>
                              {
                                  if (visit.IsTimingOut)
                                  {
                                      var ended = visit.Get();
                                      return new Option<string>($"{user} saw {ended.Pages} pages in {(ended.Latest - ended.Begin).TotalSeconds:0.0} s, last {ended.Page}");
                                  }

                                  var earlier = visit.TryGet(out var known) ? known : new Visit(0, "", time, time);
                                  visit.Update(earlier with { Pages = earlier.Pages + 1, Page = page.Value, Latest = time });
                                  return default;
                              }).Timeout(timeout));

        visits.Named("ended").Print(20);
        visits.StateSnapshots().Count().Map(open => $"{open} visits are open").Print();
    }
}
