namespace CodegenStreaming.Conformance.State;

/// <summary>The programs of docs/state.md, fused.</summary>
public sealed partial class StateGuideTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UpdateStateByKey_CountsWordsForEver(bool useGeneratedLoops)
    {
        await using var test = new StreamingTest(new WordTotals(), new StreamingTestOptions { Streaming = { UseGeneratedLoops = useGeneratedLoops } });
        var lines = test.Source<string>();
        var totals = test.Capture<(string Key, long State)>();

        lines.Add("to be or not", "to be");
        await test.AdvanceAsync();
        lines.Add("to");
        await test.AdvanceAsync();
        totals.Expect(("to", 3), ("be", 2), ("or", 1), ("not", 1));
        await test.AdvanceAsync();
        totals.Expect(("to", 3), ("be", 2), ("or", 1), ("not", 1));
        Assert.Equal(useGeneratedLoops, test.Streaming.Plan.UnboundSites.Count == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MapWithState_FollowsSessions(bool useGeneratedLoops)
    {
        await using var test = new StreamingTest(new Sessions(), new StreamingTestOptions { Streaming = { UseGeneratedLoops = useGeneratedLoops } });
        var clicks = test.Source<(string User, int Page)>();
        var ended = test.Capture<string>("ended");
        var open = test.Capture<(string Key, Session State)>("open");

        clicks.Add(("ada", 1), ("grace", 7), ("ada", 2));
        await test.AdvanceAsync();
        clicks.Add(("grace", 0));
        await test.AdvanceAsync();
        ended.Expect("grace saw 1 pages");
        open.Expect(("ada", new Session(2)));
        await test.AdvanceAsync(30);
        ended.Expect("ada saw 2 pages");
        open.ExpectNothing();
    }

    [StreamingPipeline]
    private sealed partial class WordTotals
    {
        public void Define(StreamingContext streaming) =>
            streaming.SocketTextStream("localhost", 9999)
                .FlatMap(line => line.Split(' '))
                .Map(word => (word, 1))
                .UpdateStateByKey((IReadOnlyList<int> ones, Option<long> total) => new(total.GetValueOrDefault() + ones.Count))
                .Print();
    }

    [StreamingPipeline]
    private sealed partial class Sessions
    {
        public void Define(StreamingContext streaming)
        {
            var ended = streaming.QueueStream(new Queue<(string User, int Page)[]>())
                .Filter(click => click.Page >= 0)
                .MapWithState(StateSpec.Function((BatchTime time, string user, Option<int> page, State<Session> session) =>
                {
                    var pages = session.GetOption().GetValueOrDefault().Pages;
                    if (page is { HasValue: true, Value: > 0 })
                    {
                        session.Update(new Session(pages + 1));
                        return default(Option<string>);
                    }

                    if (!session.IsTimingOut)
                    {
                        session.Remove(); // Page 0 is the way out.
                    }

                    return new($"{user} saw {pages} pages");
                }).Timeout(TimeSpan.FromSeconds(30)));
            ended.Named("ended").Print();
            ended.StateSnapshots().Named("open").Print();
        }
    }

    private readonly record struct Session(int Pages);
}
