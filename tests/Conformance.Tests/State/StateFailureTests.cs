namespace CodegenStreaming.Conformance.State;

/// <summary>A batch's changes of a state are made wholly or not at all.</summary>
public sealed class StateFailureTests
{
    private static readonly StreamingTestOptions Retrying = new() { Streaming = { MaxTaskFailures = 2 } };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ATaskThatFails_IsRunAgainOnTheSameState(bool afterWork)
    {
        await using var test = new StreamingTest(Retrying);
        var pairs = test.AddSource<(int, int)>();
        var states = test.Capture(pairs.Stream.UpdateStateByKey((IReadOnlyList<int> values, Option<int> state) => new(values.Sum() + state.GetValueOrDefault()), 3));
        var stream = pairs.Stream.MapWithState(MapWithStateTests.Sum<int>().NumPartitions(3));
        var mapped = test.Capture(stream);
        var snapshots = test.Capture(stream.StateSnapshots());

        for (var batch = 1; batch <= 10; batch++)
        {
            var update = test.FailTask("UpdateStateByKey", partition: batch % 3, afterWork: afterWork);
            var map = test.FailTask("MapWithState", partition: batch % 3, afterWork: afterWork);
            pairs.Add(Enumerable.Range(0, 100).Select(key => (key, 1)));
            await test.AdvanceAsync();
            Assert.True(update.Failures > 0 && map.Failures > 0);
            states.Expect(Enumerable.Range(0, 100).Select(key => (key, batch)));
            mapped.Expect(Enumerable.Range(0, 100).Select(key => (key, batch)));
            snapshots.Expect(Enumerable.Range(0, 100).Select(key => (key, batch)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task AFunctionThatThrowsHalfWay_IsCalledAgainWithWhatWasThere(int partitions)
    {
        await using var test = new StreamingTest(Retrying);
        var pairs = test.AddSource<(int, int)>();
        var calls = 0;
        var states = test.Capture(pairs.Stream.UpdateStateByKey(
            (BatchTime _, int key, IReadOnlyList<int> values, Option<int> state) =>
            {
                ThrowOnce(key, state.GetValueOrDefault());
                return state.GetValueOrDefault() == 3 ? default : new(values.Sum() + state.GetValueOrDefault());
            },
            partitions));
        var stream = pairs.Stream.MapWithState(StateSpec.Function((int key, Option<int> value, State<int> state) =>
        {
            ThrowOnce(key, state.GetOption().GetValueOrDefault());
            if (state.GetOption().GetValueOrDefault() == 3)
            {
                state.Remove();
            }
            else
            {
                state.Update(state.GetOption().GetValueOrDefault() + value.Value);
            }

            return key;
        }).NumPartitions(partitions));
        var mapped = test.Capture(stream);
        var snapshots = test.Capture(stream.StateSnapshots());

        for (var batch = 1; batch <= 20; batch++)
        {
            calls = 0;
            pairs.Add(Enumerable.Range(0, 100).Select(key => (key, 1)));
            await test.AdvanceAsync();
            (int, int)[] expected = batch % 4 == 0 ? [] : [.. Enumerable.Range(0, 100).Select(key => (key, batch % 4))];
            states.Expect(expected);
            mapped.Expect(Enumerable.Range(0, 100));
            snapshots.Expect(expected);
            Assert.Equal(4, calls);
        }

        void ThrowOnce(int key, int state)
        {
            if (key == 50 && Interlocked.Increment(ref calls) is 1 or 3) // The first attempt of either operator.
            {
                throw new InvalidDataException($"half way, at {state}");
            }
        }
    }

    [Fact]
    public async Task ABatchThatFailsForGood_IsPutDownToTheOperator_AndKeepsNoMemory()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        var isBad = false;
        pairs.Stream.UpdateStateByKey(
            (BatchTime _, int key, IReadOnlyList<int> values, Option<int> state) =>
                new(isBad && key == 9 ? throw new InvalidDataException("bad") : values.Sum() + state.GetValueOrDefault()),
            3).Print();

        pairs.Add(Enumerable.Range(0, 10).Select(key => (key, 1)));
        await test.AdvanceAsync();
        isBad = true;
        pairs.Add(Enumerable.Range(0, 20).Select(key => (key, 1)));
        var failure = await test.ExpectFailureAsync("UpdateStateByKey");
        Assert.IsType<InvalidDataException>(failure.Exception.InnerException);
        await test.StopAsync(graceful: false);
        Assert.Equal(0, test.Streaming.Engine.Pool.Outstanding);
    }

    [Fact]
    public async Task AFailureBeforeTheOperator_IsNotPutDownToIt()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        pairs.Stream.Map(pair => pair.Item2 > 1 ? throw new InvalidDataException("bad") : pair).Named("checked").MapWithState(MapWithStateTests.Sum<int>().NumPartitions(1)).Print();

        pairs.Add((1, 2));
        await test.ExpectFailureAsync("checked");
    }

    [Fact]
    public async Task AfterABatchThatFailed_TheStateIsMissing_AndOtherOutputsGoOn()
    {
        await using var test = new StreamingTest();
        var pairs = test.AddSource<(int, int)>();
        var calls = 0;
        var stream = pairs.Stream.MapWithState(StateSpec.Function((int key, Option<int> value, State<int> state) =>
        {
            calls++;
            state.Update(value.Value);
            return value.Value == 13 ? throw new InvalidDataException("bad") : value.Value;
        }).NumPartitions(1));
        stream.Print();
        stream.StateSnapshots().Print();
        var others = test.Capture(pairs.Stream.Map(pair => pair.Item2));

        pairs.Add((1, 1));
        await test.AdvanceAsync();
        pairs.Add((1, 13));
        await test.ExpectFailureAsync();
        others.Expect(13);
        pairs.Add((1, 2));
        var failure = await test.ExpectFailureAsync();
        others.Expect(2);
        Assert.Contains("The state of batch", failure.Exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, calls);
    }
}
