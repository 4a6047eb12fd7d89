namespace CodegenStreaming.Conformance.State;

/// <summary>What <c>MapWithState</c> promises, one promise at a time.</summary>
public sealed class MapWithStateTests
{
    [Fact]
    public async Task Statement101_TheFunction_IsCalledOnceForEachRecord_InTheirOrder_AndForNoOtherKey()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(string, int)>();
        var mapped = test.Capture(pairs.Stream.MapWithState(StateSpec.Function(
            (string key, Option<int> value, State<int> state) =>
            {
                var before = state.ToString();
                state.Update(state.GetOption().GetValueOrDefault() + value.Value);
                return $"{key}:{before}+{value.Value}={state.Get()}";
            }).NumPartitions(1)));

        pairs.Add(("a", 1), ("b", 2), ("a", 3));
        await test.AdvanceAsync();
        mapped.ExpectInOrder("a:<state not set>+1=1", "b:<state not set>+2=2", "a:1+3=4");
        pairs.Add(("b", 5));
        await test.AdvanceAsync();
        mapped.ExpectInOrder("b:2+5=7");
        await test.AdvanceAsync();
        mapped.ExpectNothing();
    }

    [Fact]
    public async Task Statement107_ABatchWithoutRecords_GivesNothing_ButItsSnapshot()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(string, int)>();
        var stream = pairs.Stream.MapWithState(Sum<string>());
        var mapped = test.Capture(stream);
        var states = test.Capture(stream.StateSnapshots());
        Assert.Same(stream.StateSnapshots(), stream.StateSnapshots());

        await test.AdvanceAsync();
        mapped.ExpectNothing();
        states.ExpectNothing();
        pairs.Add(("a", 1), ("b", 2));
        await test.AdvanceAsync();
        states.Expect(("a", 1), ("b", 2));
        await test.AdvanceAsync(2);
        mapped.ExpectNothing();
        states.Expect(("a", 1), ("b", 2));
    }

    [Fact]
    public async Task TheAdvancedForm_IsToldTheTime_AndMayGiveNothing()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        var mapped = test.Capture(pairs.Stream.MapWithState(StateSpec.Function(
            (BatchTime time, int key, Option<int> value, State<int> state) => key < 0 ? default : new Option<(int, long)>((key, time.Milliseconds)))));

        pairs.Add((1, 1), (-1, 1));
        await test.AdvanceAsync();

        mapped.Expect((1, test.BatchTimeOf(1).Milliseconds));
    }

    /// <summary>The declared types are the test: nothing but the functions says them.</summary>
    [Fact]
    public async Task Statement100_TypesAreFoundFromTheFunction_OfEitherForm()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(string, int)>();
        MapWithStateDStream<string, int, long, double> simple = pairs.Stream.MapWithState(StateSpec.Function(
            (string key, Option<int> value, State<long> state) =>
            {
                state.Update(state.GetOption().GetValueOrDefault() + value.Value);
                return state.Get() / 2.0;
            }));
        MapWithStateDStream<string, int, long, (string Key, DateTimeOffset Time)> advanced = pairs.Stream.MapWithState(StateSpec.Function(
            (BatchTime time, string key, Option<int> value, State<long> state) => new Option<(string Key, DateTimeOffset Time)>((key, time.ToDateTimeOffset()))));
        DStream<(string Key, long State)> snapshots = simple.StateSnapshots();
        var (halves, times, states) = (test.Capture(simple), test.Capture(advanced), test.Capture(snapshots));

        pairs.Add(("a", 3));
        await test.AdvanceAsync();
        halves.Expect(1.5);
        times.Expect(("a", test.BatchTimeOf(1).ToDateTimeOffset()));
        states.Expect(("a", 3L));
    }

    [Fact]
    public async Task WhatItReturns_IsAStreamLikeAnyOther()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(string, int)>();
        var counts = test.Capture(
            pairs.Stream.MapWithState(StateSpec.Function((string key, Option<int> value, State<int> state) => (key, value.Value)))
                .Named("mapped")
                .ReduceByKey((a, b) => a + b)
                .MapValues(sum => sum * 10));
        var named = test.Capture<(string, int)>("mapped");

        pairs.Add(("a", 1), ("a", 2));
        await test.AdvanceAsync();

        counts.Expect(("a", 30));
        named.Expect(("a", 1), ("a", 2));
    }

    [Fact]
    public async Task Statement96_AStateObject_ObeysItsRules()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(string, int)>();
        State<int>? kept = null;
        var notes = new List<string>();
        pairs.Stream.MapWithState(StateSpec.Function(
            (string key, Option<int> value, State<int> state) =>
            {
                kept = state;
                var note = $"{key}: {state.Exists} {state.IsTimingOut} {state.GetOption()} {state.TryGet(out var found)} {found}";
                switch (key)
                {
                    case "unset":
                        note += Thrown(() => state.Get());
                        state.Remove(); // Nothing, where there is nothing.
                        break;
                    case "updated":
                        state.Update(1);
                        state.Update(2);
                        note += $" {state.Exists} {state.Get()} {state}";
                        break;
                    case "removed":
                        state.Update(3);
                        state.Remove();
                        note += $" {state.Exists} {state.GetOption()} {state}{Thrown(() => state.Update(4))}{Thrown(state.Remove)}{Thrown(() => state.Get())}";
                        break;
                    case "slow" when state.IsTimingOut:
                        note += $" {state.Get()}{Thrown(() => state.Update(4))}{Thrown(state.Remove)}";
                        break;
                    case "slow":
                        state.Update(5);
                        break;
                }

                notes.Add(note);
                return note;
            }).NumPartitions(1).Timeout(TimeSpan.FromSeconds(1))).Print();

        pairs.Add(("unset", 0), ("updated", 0), ("removed", 0), ("slow", 0));
        await test.AdvanceAsync();
        pairs.Add(("updated", 1), ("removed", 1));
        await test.AdvanceAsync();
        pairs.Add(("updated", 2));
        await test.AdvanceAsync();

        const string Removed = "The state can't be {0}: the function has removed it.";
        const string TimingOut = "The state can't be {0}: it is timing out, and removed after this call. Ask IsTimingOut first.";
        const string Unset = "The key has no state. Ask Exists first, or use TryGet or GetOption.";
        Assert.Equal(
            [
                $"unset: False False None False 0 [{Unset}]",
                "updated: False False None False 0 True 2 2",
                $"removed: False False None False 0 False None <state not set> [{string.Format(null, Removed, "updated")}] [{string.Format(null, Removed, "removed")}] [{Unset}]",
                "slow: False False None False 0",
                "updated: True False Some(2) True 2 True 2 2",
                $"removed: False False None False 0 False None <state not set> [{string.Format(null, Removed, "updated")}] [{string.Format(null, Removed, "removed")}] [{Unset}]",
                "updated: True False Some(2) True 2 True 2 2",
                $"slow: True True Some(5) True 5 5 [{string.Format(null, TimingOut, "updated")}] [{string.Format(null, TimingOut, "removed")}]",
            ],
            notes);
        Assert.Contains("call of the function of MapWithState that is over", Assert.Throws<InvalidOperationException>(() => kept!.Update(1)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => kept!.Get());

        static string Thrown(Action action) => $" [{Assert.Throws<InvalidOperationException>(action).Message}]";
    }

    [Fact]
    public async Task Statement104_InitialState_HasTheFirstBatchsTime_AndTheSpecsPartitions()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        var initial = test.Streaming.Engine.Parallelize([(1, 10), (2, 20), (2, 21)], 2);
        var stream = pairs.Stream.MapWithState(Sum<int>().InitialState(initial).NumPartitions(10).Timeout(TimeSpan.FromSeconds(2)));
        var mapped = test.Capture(stream);
        var states = test.Capture(stream.StateSnapshots());
        var partitions = 0;
        stream.StateSnapshots().ForeachRdd(rdd => partitions = rdd.PartitionCount);

        await test.AdvanceAsync();
        states.Expect((1, 10), (2, 21));
        Assert.Equal(10, partitions);
        pairs.Add((1, 5));
        await test.AdvanceAsync(2);
        states.Expect((1, 15), (2, 21)); // Two seconds are not more than two seconds.
        await test.AdvanceAsync();
        mapped.Expect((2, -21));
        states.Expect((1, 15));
    }

    [Fact]
    public async Task InitialState_MayBePairs_AndIsMergedBeforeTheFirstRecords()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(string, int)>();
        var stream = pairs.Stream.MapWithState(Sum<string>().InitialState([("a", 1), ("b", 2), ("a", 3)]).Partitioner(new HashPartitioner<string>(3)));
        var mapped = test.Capture(stream);
        var states = test.Capture(stream.StateSnapshots());

        pairs.Add(("a", 10), ("c", 5));
        await test.AdvanceAsync();

        mapped.Expect(("a", 13), ("c", 5));
        states.Expect(("a", 13), ("b", 2), ("c", 5));
    }

    [Fact]
    public async Task Statement108_WithoutPartitions_TheDefaultParallelismCounts_OrTheSourcesPartitioner()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { DefaultParallelism = 4 } });
        var pairs = test.AddSource<(int, int)>();
        var counts = new List<int>();
        pairs.Stream.MapWithState(Sum<int>()).StateSnapshots().ForeachRdd(rdd => counts.Add(rdd.PartitionCount));
        pairs.Stream.ReduceByKey((a, b) => a + b, 3).MapWithState(Sum<int>()).StateSnapshots().ForeachRdd(rdd => counts.Add(rdd.PartitionCount));

        await test.AdvanceAsync();
        Assert.Equal([4, 3], counts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Statement108_ANumberOfPartitions_MeansPartitionsByHash(bool hasPartitioner)
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        var hash = new HashPartitioner<int>(5);
        var stream = pairs.Stream.MapWithState(hasPartitioner ? Sum<int>().Partitioner(hash) : Sum<int>().NumPartitions(5));
        var (mapped, states) = (test.Capture(stream.Glom()), test.Capture(stream.StateSnapshots().Glom()));

        pairs.Add(Enumerable.Range(0, 100).Select(key => (key, 1)));
        await test.AdvanceAsync();
        foreach (var partitions in new[] { mapped.Latest.Records, states.Latest.Records })
        {
            Assert.Equal(5, partitions.Count);
            Assert.Equal(100, partitions.Sum(records => records.Length));
            Assert.All(partitions, (records, partition) => Assert.All(records, record => Assert.Equal(partition, hash.PartitionOf(record.Item1))));
        }
    }

    [Fact]
    public async Task TheSpec_IsNotChangedAfterwards()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        var spec = Sum<int>().NumPartitions(1);
        var partitions = 0;
        pairs.Stream.MapWithState(spec).StateSnapshots().ForeachRdd(rdd => partitions = rdd.PartitionCount);
        spec.NumPartitions(7);

        await test.AdvanceAsync();
        Assert.Equal(1, partitions);
    }

    [Fact]
    public async Task WhatCannotBe_IsRefused()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>().Stream;
        Assert.Throws<ArgumentNullException>(() => StateSpec.Function((Func<int, Option<int>, State<int>, int>)null!));
        Assert.Throws<ArgumentNullException>(() => StateSpec.Function((Func<BatchTime, int, Option<int>, State<int>, Option<int>>)null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sum<int>().NumPartitions(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sum<int>().Timeout(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sum<int>().Timeout(TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentNullException>(() => Sum<int>().Partitioner(null!));
        Assert.Throws<ArgumentNullException>(() => Sum<int>().InitialState((IEnumerable<(int, int)>)null!));
        Assert.Throws<ArgumentNullException>(() => pairs.MapWithState<int, int, int, int>(null!));
        using var other = new EngineContext(master: "local");
        Assert.Throws<ArgumentException>(() => pairs.MapWithState(Sum<int>().InitialState(other.Parallelize([(1, 1)]))));
        var stream = pairs.MapWithState(Sum<int>());
        stream.Print();
        test.Start();
        Assert.Throws<ContextStartedException>(() => stream.StateSnapshots());
    }

    /// <summary>Sums the values of each key, and gives the sum; what times out gives it once more, negative.</summary>
    internal static StateSpec<TKey, int, int, (TKey, int)> Sum<TKey>() => StateSpec.Function((TKey key, Option<int> value, State<int> state) =>
    {
        if (state.IsTimingOut)
        {
            return (key, -state.Get());
        }

        state.Update(state.GetOption().GetValueOrDefault() + value.Value);
        return (key, state.Get());
    });
}
