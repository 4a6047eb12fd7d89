namespace CodegenStreaming.Conformance.State;

/// <summary><c>UpdateStateByKey</c> against a dictionary, over random batches.</summary>
public sealed class UpdateStateModelTests
{
    private const int Batches = 60;

    public static TheoryData<int, UpdateForm> Forms => new MatrixTheoryData<int, UpdateForm>([1, 2, 7], Enum.GetValues<UpdateForm>());

    [Theory]
    [MemberData(nameof(Forms))]
    public Task NumberKeys(int partitions, UpdateForm form) => CheckAsync(partitions, form, static test => KeyedSource<int>.Of(test, static key => key * 7919));

    [Theory]
    [MemberData(nameof(Forms))]
    public Task StringKeys(int partitions, UpdateForm form) => CheckAsync(partitions, form, static test => KeyedSource<string>.Of(test, static key => $"key {key}"));

    [Theory]
    [MemberData(nameof(Forms))]
    public Task TextKeys(int partitions, UpdateForm form) => CheckAsync(partitions, form, KeyedSource<Utf8Slice>.OfText);

    [Theory]
    [MemberData(nameof(Forms))]
    public Task TupleKeys(int partitions, UpdateForm form) =>
        CheckAsync(partitions, form, static test => KeyedSource<(int, string)>.Of(test, static key => (key % 10, $"{key}")));

    private static Task CheckAsync<TKey>(int partitions, UpdateForm form, Func<StreamingTest, KeyedSource<TKey>> open)
        where TKey : notnull => Randomly.TestAsync(2, async random =>
    {
        await using var test = new StreamingTest();
        var source = open(test);
        var states = test.Capture(Update(source.Stream, partitions, form));
        var model = new Dictionary<TKey, long>();
        var keys = random.Next(1, 400);
        for (var batch = 0; batch < Batches; batch++)
        {
            var values = new List<(TKey Key, int Value)>();
            for (var partition = random.Next(4); partition > 0; partition--)
            {
                var pairs = new (int, int)[random.Next(300)];
                for (var index = 0; index < pairs.Length; index++)
                {
                    pairs[index] = (random.Next(keys), random.Next(100));
                }

                source.Give(pairs);
                values.AddRange(pairs.Select(pair => (source.KeyOf(pair.Item1), pair.Item2)));
            }

            await test.AdvanceAsync();
            Advance(model, values, form, states.Latest.BatchTime);
            Assert.Equal(model, states.Latest.Records.ToDictionary());
        }

        await test.StopAsync();
        Assert.Equal(0, test.Streaming.Engine.Pool.Outstanding);
    });

    private static DStream<(TKey Key, long State)> Update<TKey>(DStream<(TKey Key, int Value)> pairs, int partitions, UpdateForm form) => form switch
    {
        UpdateForm.Values => pairs.UpdateStateByKey((IReadOnlyList<int> values, Option<long> state) => Next(default, values, state), partitions),
        UpdateForm.Keys => pairs.UpdateStateByKey((BatchTime time, TKey key, IReadOnlyList<int> values, Option<long> state) => Next(time, values, state), partitions),
        _ => pairs.UpdateStateByKey(
            (IEnumerable<(TKey Key, IReadOnlyList<int> Values, Option<long> State)> all) =>
                from entry in all
                let next = Next(default, entry.Values, entry.State)
                where next.HasValue
                select (entry.Key, next.Value),
            partitions),
    };

    /// <summary>Depends on the order of the values, and removes a fifth of the keys.</summary>
    private static Option<long> Next(BatchTime time, IReadOnlyList<int> values, Option<long> state)
    {
        var next = state.GetValueOrDefault(1) + (time.Milliseconds / 1000 % 7);
        foreach (var value in values)
        {
            next = ((next * 31) + value) % 1_000_003;
        }

        return next % 5 == 0 ? default : new(next + 1);
    }

    private static void Advance<TKey>(Dictionary<TKey, long> model, List<(TKey Key, int Value)> values, UpdateForm form, BatchTime time)
        where TKey : notnull
    {
        var byKey = values.ToLookup(pair => pair.Key, pair => pair.Value);
        foreach (var key in model.Keys.Union(byKey.Select(group => group.Key)).ToArray())
        {
            var state = model.TryGetValue(key, out var before) ? new Option<long>(before) : default;
            var next = Next(form == UpdateForm.Keys ? time : default, [.. byKey[key]], state);
            if (next.HasValue)
            {
                model[key] = next.Value;
            }
            else
            {
                model.Remove(key);
            }
        }
    }
}

/// <summary>The forms of the function of <c>UpdateStateByKey</c>.</summary>
public enum UpdateForm
{
    /// <summary>Of values and state.</summary>
    Values,

    /// <summary>Of time, key, values and state.</summary>
    Keys,

    /// <summary>Of all keys of a partition.</summary>
    Partitions,
}
