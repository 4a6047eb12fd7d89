namespace CodegenStreaming.Conformance.State;

/// <summary><c>MapWithState</c> against a dictionary, over random batches with removals and time-outs.</summary>
public sealed class MapWithStateModelTests
{
    private const int Batches = 60;

    public static TheoryData<int, bool> Forms => new MatrixTheoryData<int, bool>([1, 2, 7], [false, true]);

    [Theory]
    [MemberData(nameof(Forms))]
    public Task NumberKeys(int partitions, bool isTimed) => CheckAsync(partitions, isTimed, static test => KeyedSource<int>.Of(test, static key => key * 7919));

    [Theory]
    [MemberData(nameof(Forms))]
    public Task StringKeys(int partitions, bool isTimed) => CheckAsync(partitions, isTimed, static test => KeyedSource<string>.Of(test, static key => $"key {key}"));

    [Theory]
    [MemberData(nameof(Forms))]
    public Task TextKeys(int partitions, bool isTimed) => CheckAsync(partitions, isTimed, KeyedSource<Utf8Slice>.OfText);

    [Theory]
    [MemberData(nameof(Forms))]
    public Task TupleKeys(int partitions, bool isTimed) =>
        CheckAsync(partitions, isTimed, static test => KeyedSource<(int, string)>.Of(test, static key => (key % 10, $"{key}")));

    /// <summary>Tables beyond a processor's nearest cache, which look up many records at once: also those whose key an earlier one of them has removed.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task LargeTables(bool isTimed) => Randomly.TestAsync(1, async random =>
    {
        const int Keys = 20_000;
        await using var test = new StreamingTest();
        var source = KeyedSource<int>.Of(test, static key => key * 7919);
        TimeSpan? timeout = isTimed ? TimeSpan.FromSeconds(4) : null;
        var initial = Enumerable.Range(0, Keys).Select(key => (Key: source.KeyOf(key), State: key + 0.5)).ToArray();
        var stream = source.Stream.MapWithState(Spec<int>(isTimed, 1, timeout, initial));
        var mapped = test.Capture(stream);
        var states = test.Capture(stream.StateSnapshots());
        var model = new MappedModel<int>(timeout);
        for (var batch = 0; batch < 6; batch++)
        {
            var pairs = new (int Key, int Value)[4000];
            for (var index = 0; index < pairs.Length; index++)
            {
                var key = index > 0 && random.Next(3) == 0 ? pairs[index - 1].Key : random.Next(Keys + 1000);
                pairs[index] = (key, random.Next(100));
            }

            source.Give(pairs);
            await test.AdvanceAsync();
            var records = pairs.Select(pair => (source.KeyOf(pair.Key), pair.Value)).ToList();
            mapped.Expect(model.Advance(mapped.Latest.BatchTime, batch == 0 ? initial : [], records, isTimed));
            Assert.Equal(model.States, states.Latest.Records.ToDictionary());
        }
    });

    private static Task CheckAsync<TKey>(int partitions, bool isTimed, Func<StreamingTest, KeyedSource<TKey>> open)
        where TKey : notnull => Randomly.TestAsync(3, async random =>
    {
        await using var test = new StreamingTest();
        var source = open(test);
        TimeSpan? timeout = random.Next(4) == 0 ? null : TimeSpan.FromSeconds(random.Next(1, 8));
        var keys = random.Next(1, 3000);
        var initial = Enumerable.Range(0, random.Next(2) * random.Next(300)).Select(key => (Key: source.KeyOf(key), State: key + 0.5)).ToArray();
        var stream = source.Stream.MapWithState(Spec<TKey>(isTimed, partitions, timeout, initial));
        var mapped = test.Capture(stream);
        var states = test.Capture(stream.StateSnapshots());
        var model = new MappedModel<TKey>(timeout);
        for (var batch = 0; batch < Batches; batch++)
        {
            var records = new List<(TKey Key, int Value)>();
            for (var partition = random.Next(4); partition > 0; partition--)
            {
                var pairs = new (int, int)[random.Next(400)];
                for (var index = 0; index < pairs.Length; index++)
                {
                    pairs[index] = (random.Next(keys), random.Next(100));
                }

                source.Give(pairs);
                records.AddRange(pairs.Select(pair => (source.KeyOf(pair.Item1), pair.Item2)));
            }

            await test.AdvanceAsync();
            var expected = model.Advance(mapped.Latest.BatchTime, batch == 0 ? initial : [], records, isTimed);
            mapped.Expect(expected);
            Assert.Equal(model.States, states.Latest.Records.ToDictionary());
        }

        await test.StopAsync();
        Assert.Equal(0, test.Streaming.Engine.Pool.Outstanding);
    });

    private static StateSpec<TKey, int, double, (TKey, int, double)> Spec<TKey>(
        bool isTimed, int partitions, TimeSpan? timeout, (TKey, double)[] initial)
        where TKey : notnull
    {
        var spec = isTimed
            ? StateSpec.Function((BatchTime time, TKey key, Option<int> value, State<double> state) =>
                MappedModel<TKey>.GivesNothing(value) ? Without(value, state) : new(Map(key, value, state)))
            : StateSpec.Function((TKey key, Option<int> value, State<double> state) => Map(key, value, state));
        spec = spec.NumPartitions(partitions).InitialState(initial);
        return timeout is { } duration ? spec.Timeout(duration) : spec;

        static Option<(TKey, int, double)> Without(Option<int> value, State<double> state)
        {
            Map(default(TKey)!, value, state);
            return default;
        }
    }

    private static (TKey, int, double) Map<TKey>(TKey key, Option<int> value, State<double> state)
        where TKey : notnull
    {
        Assert.Equal(!value.HasValue, state.IsTimingOut);
        var before = state.GetOption().GetValueOrDefault(-1);
        if (value.TryGetValue(out var number) && MappedModel<TKey>.Next(number, state.GetOption()) is { } change)
        {
            if (change.TryGetValue(out var next))
            {
                state.Update(next);
            }
            else
            {
                state.Remove();
            }
        }

        return (key, value.GetValueOrDefault(-1), before);
    }
}
