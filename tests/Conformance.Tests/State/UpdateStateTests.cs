namespace CodegenStreaming.Conformance.State;

/// <summary>What <c>UpdateStateByKey</c> promises, one promise at a time.</summary>
public sealed class UpdateStateTests
{
    [Fact]
    public async Task Statement91_EveryKey_IsVisitedInEveryBatch_AlsoInThoseWithoutRecords_AndNoneRemovesIt()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(string, int)>();
        var calls = new List<string>();
        var states = test.Capture(pairs.Stream.UpdateStateByKey(
            (BatchTime time, string key, IReadOnlyList<int> values, Option<int> state) =>
            {
                lock (calls)
                {
                    calls.Add($"{key} [{string.Join(',', values)}] {state}");
                }

                return values.Count == 0 && state.Value == 1 ? default : new(values.Sum() + state.GetValueOrDefault());
            },
            numPartitions: 1));

        pairs.Add(("a", 1), ("b", 2), ("a", 0));
        await test.AdvanceAsync();
        states.ExpectInOrder(("a", 1), ("b", 2));
        await test.AdvanceAsync();
        states.Expect(("b", 2));
        await test.AdvanceAsync();
        states.Expect(("b", 2));
        pairs.Add(("a", 7));
        await test.AdvanceAsync();
        states.Expect(("b", 2), ("a", 7));

        Assert.Equal(
            ["a [1,0] None", "b [2] None", "a [] Some(1)", "b [] Some(2)", "b [] Some(2)", "b [] Some(2)", "a [7] None"], calls);
    }

    [Fact]
    public async Task Statement91_ABatchWithoutBlocks_VisitsKeysToo_AndOneWithoutKeysCallsNothing()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        var calls = 0;
        var states = test.Capture(pairs.Stream.UpdateStateByKey((IReadOnlyList<int> values, Option<int> state) =>
        {
            Interlocked.Increment(ref calls);
            return state.GetValueOrDefault() == 2 ? default : new(state.GetValueOrDefault() + 1);
        }));

        await test.AdvanceAsync();
        states.ExpectNothing();
        Assert.Equal(0, calls);
        pairs.Add((1, 1));
        await test.AdvanceAsync(2);
        states.Expect((1, 2));
        await test.AdvanceAsync();
        states.ExpectNothing();
        await test.AdvanceAsync(3);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task Statement92_AFunctionOfTimeAndKey_IsToldThem()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(string, int)>();
        var states = test.Capture(pairs.Stream.UpdateStateByKey(
            (BatchTime time, string key, IReadOnlyList<int> values, Option<string> state) => new($"{state.GetValueOrDefault("")}{key}{time.Milliseconds};"), new HashPartitioner<string>(3)));

        pairs.Add(("a", 1));
        await test.AdvanceAsync(2);

        states.Expect(("a", $"a{test.BatchTimeOf(1).Milliseconds};a{test.BatchTimeOf(2).Milliseconds};"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Statement92_EveryForm_TakesANumberOfPartitions_OrAPartitioner(bool hasPartitioner)
    {
        await using var test = new StreamingTest();
        var (pairs, by) = (test.AddSource<(int Key, int Value)>(), new Remainders(3));
        Func<IReadOnlyList<int>, Option<int>, Option<int>> ofValues = (values, state) => new(values.Sum() + state.GetValueOrDefault());
        Func<BatchTime, int, IReadOnlyList<int>, Option<int>, Option<int>> ofKeys = (_, _, values, state) => ofValues(values, state);
        Func<IEnumerable<(int Key, IReadOnlyList<int> Values, Option<int> State)>, IEnumerable<(int, int)>> ofPartitions =
            all => all.Select(entry => (entry.Key, ofValues(entry.Values, entry.State).Value));
        DStream<(int Key, int State)>[] states = hasPartitioner
            ? [pairs.Stream.UpdateStateByKey(ofValues, by), pairs.Stream.UpdateStateByKey(ofKeys, by), pairs.Stream.UpdateStateByKey(ofPartitions, by)]
            : [pairs.Stream.UpdateStateByKey(ofValues, 3), pairs.Stream.UpdateStateByKey(ofKeys, 3), pairs.Stream.UpdateStateByKey(ofPartitions, 3)];
        IPartitioner<int> expected = hasPartitioner ? by : new HashPartitioner<int>(3);
        var captured = states.Select(stream => (All: test.Capture(stream), Partitions: test.Capture(stream.Glom()))).ToArray();
        for (var batch = 1; batch <= 3; batch++)
        {
            pairs.Add(Enumerable.Range(0, 20).Select(key => (key, 1)));
            await test.AdvanceAsync();
            foreach (var (all, partitions) in captured)
            {
                all.Expect(Enumerable.Range(0, 20).Select(key => (key, batch)));
                Assert.Equal(3, partitions.Latest.Records.Count);
                Assert.All(partitions.Latest.Records, (records, partition) => Assert.All(records, record => Assert.Equal(partition, expected.PartitionOf(record.Key))));
            }
        }
    }

    [Fact]
    public async Task InitialState_IsMergedInTheFirstBatch_ForEveryForm()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        var initial = test.Streaming.Engine.Parallelize([(1, 100), (2, 200), (3, 300), (2, -1)], 2);
        var byValues = test.Capture(pairs.Stream.UpdateStateByKey((IReadOnlyList<int> values, Option<int> state) => new(values.Sum() + state.GetValueOrDefault()), 3, initial));
        var byKeys = test.Capture(pairs.Stream.UpdateStateByKey(
            (BatchTime time, int key, IReadOnlyList<int> values, Option<int> state) => key == 3 ? default : new(values.Sum() + state.GetValueOrDefault()),
            new HashPartitioner<int>(2),
            initial));
        var byPartitions = test.Capture(pairs.Stream.UpdateStateByKey(
            (IEnumerable<(int Key, IReadOnlyList<int> Values, Option<int> State)> all) => all.Select(entry => (entry.Key, entry.Values.Sum() + entry.State.GetValueOrDefault())),
            initialState: initial.Filter(pair => pair.Item1 < 3)));

        pairs.Add((1, 1), (4, 4));
        await test.AdvanceAsync();
        byValues.Expect((1, 101), (2, 200), (3, 300), (4, 4));
        byKeys.Expect((1, 101), (2, 200), (4, 4));
        byPartitions.Expect((1, 101), (2, 200), (4, 4));
        await test.AdvanceAsync();
        byValues.Expect((1, 101), (2, 200), (3, 300), (4, 4));
    }

    [Fact]
    public async Task Statement95_InitialState_IsMergedIntoAnEmptyFirstBatch_AndByNothingLater()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        var states = test.Capture(pairs.Stream.UpdateStateByKey(
            (IReadOnlyList<int> values, Option<int> state) => state.GetValueOrDefault() > 3 ? default : new(state.GetValueOrDefault() + 1),
            initialState: test.Streaming.Engine.Parallelize([(1, 2)])));

        await test.AdvanceAsync();
        states.Expect((1, 3));
        await test.AdvanceAsync(2);
        states.ExpectNothing();
    }

    [Fact]
    public async Task Values_KeepTheOrderInWhichTheyCame()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, string)>();
        var states = test.Capture(pairs.Stream.UpdateStateByKey((IReadOnlyList<string> values, Option<string> state) => new(state.GetValueOrDefault("") + string.Concat(values))));

        pairs.Add((1, "a"), (2, "x"), (1, "b"));
        pairs.Add((1, "c"), (2, "y"));
        await test.AdvanceAsync();
        pairs.Add((1, "d"));
        await test.AdvanceAsync();

        states.Expect((1, "abcd"), (2, "xy"));
    }

    [Fact]
    public async Task ResultsOfAPartition_TakeThePlaceOfItsState()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        var calls = 0;
        var states = test.Capture(pairs.Stream.UpdateStateByKey(
            (IEnumerable<(int Key, IReadOnlyList<int> Values, Option<int> State)> all) =>
            {
                calls++;
                var sorted = all.OrderByDescending(entry => entry.Key).ToList(); // Read as a whole before there is a result.
                return [.. sorted.Where(entry => entry.Key != 2).Select(entry => (entry.Key, entry.Values.Sum() + entry.State.GetValueOrDefault())), (-calls, calls)];
            },
            numPartitions: 1));

        pairs.Add((1, 1), (2, 2), (3, 3));
        await test.AdvanceAsync();
        states.Expect((1, 1), (3, 3), (-1, 1));
        pairs.Add((3, 3), (2, 5));
        await test.AdvanceAsync();
        states.Expect((1, 1), (3, 6), (-1, 1), (-2, 2));
    }

    [Theory]
    [InlineData("null", "returned null")]
    [InlineData("twice", "the key '1' twice")]
    [InlineData("elsewhere", "comes to partition")]
    [InlineData("again", "can be read once")]
    public async Task ResultsOfAPartition_ThatCannotBeItsState_AreRefused(string result, string message)
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        pairs.Stream.UpdateStateByKey(
            (IEnumerable<(int Key, IReadOnlyList<int> Values, Option<int> State)> all) => result switch
            {
                "null" => null!,
                "twice" => [(1, 1), (1, 2)],
                "elsewhere" => Enumerable.Range(0, 100).Select(key => (key, key)),
                _ => all.Concat(all).Select(entry => (entry.Key, 0)),
            },
            numPartitions: 2).Print();

        pairs.Add((1, 1));
        var failure = await test.ExpectFailureAsync("UpdateStateByKey");
        Assert.Contains(message, failure.Exception.ToString().Replace("its values come", "comes", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysOfAPartition_AreNotReadAfterItsResults()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        IEnumerator<(int, IReadOnlyList<int>, Option<int>)>? kept = null;
        pairs.Stream.UpdateStateByKey(
            (IEnumerable<(int Key, IReadOnlyList<int> Values, Option<int> State)> all) =>
            {
                kept = all.GetEnumerator();
                kept.MoveNext();
                return new[] { (1, 1) };
            },
            numPartitions: 1).Print();

        pairs.Add((1, 1), (2, 2));
        await test.AdvanceAsync();
        Assert.Throws<InvalidOperationException>(() => kept!.MoveNext());
    }

    [Fact]
    public async Task NullIsAKey()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(string?, int)>();
        var states = test.Capture(pairs.Stream.UpdateStateByKey((IReadOnlyList<int> values, Option<int> state) => new(values.Sum() + state.GetValueOrDefault())));

        pairs.Add((null, 1), ("a", 2), (null, 3));
        await test.AdvanceAsync();
        pairs.Add((null, 5));
        await test.AdvanceAsync();

        states.Expect((null, 9), ("a", 2));
    }

    [Fact]
    public async Task InputPartitionedAlike_IsNotExchanged_AndTheStateIsPartitioned()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { DefaultParallelism = 2 } });
        var pairs = test.AddSource<(int, int)>();
        string[] lineages = [];
        pairs.Stream
            .ReduceByKey((a, b) => a + b, 5)
            .UpdateStateByKey((IReadOnlyList<int> values, Option<int> state) => new(values.Sum() + state.GetValueOrDefault()))
            .ReduceByKey((a, b) => a + b)
            .ForeachRdd(rdd => lineages = [rdd.ToDebugString(), $"{rdd.PartitionCount}", string.Join(';', rdd.Collect().Order())]);

        pairs.Add((1, 1), (2, 2));
        pairs.Add((1, 3));
        await test.AdvanceAsync();

        Assert.Equal("5", lineages[1]);
        Assert.Equal("(1, 4);(2, 2)", lineages[2]);
        Assert.Single(lineages[0].Split('\n'), line => line.Contains("+-", StringComparison.Ordinal)); // Only the source's exchange.
    }

    [Fact]
    public async Task WhatCannotBe_IsRefused()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>().Stream;
        Assert.Throws<ArgumentNullException>(() => pairs.UpdateStateByKey((Func<IReadOnlyList<int>, Option<int>, Option<int>>)null!));
        Assert.Throws<ArgumentNullException>(() => pairs.UpdateStateByKey((Func<BatchTime, int, IReadOnlyList<int>, Option<int>, Option<int>>)null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => pairs.UpdateStateByKey((IReadOnlyList<int> values, Option<int> state) => state, 0));
        Assert.Throws<ArgumentNullException>(() => pairs.UpdateStateByKey((IReadOnlyList<int> values, Option<int> state) => state, (IPartitioner<int>)null!));
        using var other = new EngineContext(master: "local");
        var failure = Assert.Throws<ArgumentException>(
            () => pairs.UpdateStateByKey((IReadOnlyList<int> values, Option<int> state) => state, initialState: other.Parallelize([(1, 1)])));
        Assert.Equal("initialState", failure.ParamName);
    }

    private sealed class Remainders(int count) : IPartitioner<int>
    {
        public int PartitionCount => count;

        public int PartitionOf(int key) => key % count;
    }
}
