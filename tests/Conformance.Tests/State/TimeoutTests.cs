namespace CodegenStreaming.Conformance.State;

/// <summary>When keys of a <c>MapWithState</c> time out.</summary>
public sealed class TimeoutTests
{
    [Fact]
    public async Task Statement103_AKey_TimesOutOnce_WhenItHasSleptForLongerThanTheTimeout_AndItsOutputIsEmitted()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(string, int)>();
        var stream = pairs.Stream.MapWithState(MapWithStateTests.Sum<string>().Timeout(TimeSpan.FromSeconds(3)));
        var mapped = test.Capture(stream);
        var states = test.Capture(stream.StateSnapshots());

        pairs.Add(("a", 1), ("b", 2));
        await test.AdvanceAsync(3);
        pairs.Add(("b", 3));
        await test.AdvanceAsync();
        states.Expect(("a", 1), ("b", 5)); // Three seconds are not more than three seconds.
        await test.AdvanceAsync();
        mapped.Expect(("a", -1));
        states.Expect(("b", 5));
        await test.AdvanceAsync(2);
        mapped.ExpectNothing();
        pairs.Add(("a", 7));
        await test.AdvanceAsync();
        mapped.Expect(("a", 7), ("b", -5));
        await test.AdvanceAsync(4);
        mapped.Expect(("a", -7));
        states.ExpectNothing();
    }

    [Fact]
    public async Task Statement102_AnyRecord_OfAKeyThatHasAState_KeepsItAwake()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(string, int)>();
        var stream = pairs.Stream.MapWithState(StateSpec.Function(
            (string key, Option<int> value, State<int> state) =>
            {
                if (value.GetValueOrDefault() > 0)
                {
                    state.Update(value.Value);
                }

                return (key, state.IsTimingOut);
            }).Timeout(TimeSpan.FromSeconds(1)));
        var mapped = test.Capture(stream);
        var states = test.Capture(stream.StateSnapshots());

        pairs.Add(("a", 1), ("none", 0));
        await test.AdvanceAsync();
        for (var batch = 0; batch < 5; batch++)
        {
            pairs.Add(("a", 0), ("none", 0));
            await test.AdvanceAsync();
            mapped.Expect(("a", false), ("none", false));
            states.Expect(("a", 1)); // A key without a state has nothing to time out.
        }

        await test.AdvanceAsync(2);
        mapped.Expect(("a", true));
        states.ExpectNothing();
    }

    [Fact]
    public async Task Statement98_AKeyThatTimesOut_IsPassedOnce_WithoutAValue_AndWhatItGivesIsEmitted()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(string, int)>();
        var calls = new List<string>();
        var mapped = test.Capture(pairs.Stream.MapWithState(StateSpec.Function(
            (BatchTime time, string key, Option<int> value, State<int> state) =>
            {
                var call = $"{(time - test.BatchTimeOf(0)).TotalSeconds} {key} {value} {state} {(state.IsTimingOut ? "times out" : "stays")}";
                calls.Add(call);
                if (!state.IsTimingOut)
                {
                    state.Update(value.Value);
                }

                return new Option<string>(call);
            }).NumPartitions(1).Timeout(TimeSpan.FromSeconds(1))));

        for (var batch = 1; batch <= 5; batch++)
        {
            pairs.Add(batch == 1 ? [("a", 1), ("b", 2)] : [("b", 2)]);
            await test.AdvanceAsync();
        }

        Assert.Equal(
            [
                "1 a Some(1) <state not set> stays", "1 b Some(2) <state not set> stays", "2 b Some(2) 2 stays",
                "3 b Some(2) 2 stays", "3 a None 1 times out", "4 b Some(2) 2 stays", "5 b Some(2) 2 stays",
            ],
            calls);
        Assert.Equal(calls, mapped.Batches.SelectMany(batch => batch.Records));
    }

    [Fact]
    public async Task Statement98_AKeyWithARecordInTheBatch_DoesNotTimeOutInIt()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(string, int)>();
        var mapped = test.Capture(pairs.Stream.MapWithState(MapWithStateTests.Sum<string>().Timeout(TimeSpan.FromSeconds(1))));

        pairs.Add(("a", 1));
        await test.AdvanceAsync(2);
        pairs.Add(("a", 2));
        await test.AdvanceAsync();
        mapped.Expect(("a", 3));
    }

    [Fact]
    public async Task Statement106_Timeouts_AreLookedForInEveryBatch()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        var mapped = test.Capture(pairs.Stream.MapWithState(MapWithStateTests.Sum<int>().Timeout(TimeSpan.FromSeconds(2))));
        for (var batch = 0; batch < 40; batch++)
        {
            pairs.Add((batch, 1));
            await test.AdvanceAsync();
            mapped.Expect(batch < 3 ? [(batch, 1)] : [(batch, 1), (batch - 3, -1)]);
        }
    }

    [Fact]
    public async Task WithoutATimeout_KeysStay()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        var states = test.Capture(pairs.Stream.MapWithState(MapWithStateTests.Sum<int>()).StateSnapshots());
        pairs.Add((1, 1));
        await test.AdvanceAsync(100);
        states.Expect((1, 1));
    }

    [Fact]
    public async Task Timeouts_SurviveThatTheTableMovesItsEntriesTogether()
    {
        const int Keys = 5000;
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        var stream = pairs.Stream.MapWithState(MapWithStateTests.Sum<int>().NumPartitions(1).Timeout(TimeSpan.FromSeconds(3)));
        var mapped = test.Capture(stream);
        var states = test.Capture(stream.StateSnapshots());

        pairs.Add(Enumerable.Range(0, Keys).Select(key => (key, 1)));
        await test.AdvanceAsync(2);
        pairs.Add(Enumerable.Range(0, Keys).Where(key => key % 5 == 0).Select(key => (key, 1)));
        await test.AdvanceAsync(3); // Four fifths time out, and some room is left behind by them.
        mapped.Expect(Enumerable.Range(0, Keys).Where(key => key % 5 != 0).Select(key => (key, -1)));
        pairs.Add((5, 1), (-1, 1));
        await test.AdvanceAsync();
        mapped.Expect((5, 3), (-1, 1));
        await test.AdvanceAsync();
        mapped.Expect(Enumerable.Range(0, Keys).Where(key => key % 5 == 0 && key != 5).Select(key => (key, -2)));
        states.Expect((5, 3), (-1, 1));
        await test.AdvanceAsync(3);
        mapped.Expect((5, -3), (-1, -1));
    }
}
