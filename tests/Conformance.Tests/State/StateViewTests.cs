namespace CodegenStreaming.Conformance.State;

/// <summary>A state stream's data sets are those of their batch, for whoever reads them and whenever.</summary>
public sealed class StateViewTests
{
    [Fact]
    public async Task Statement101_DataSetsOfEarlierBatches_AreNotModified()
    {
        await using var test = new StreamingTest();
        test.Streaming.Remember(TimeSpan.FromSeconds(3));
        var lines = new PooledLines();
        var words = lines.AddTo(test.Streaming).Map(line => (line, 1));
        var counts = words.UpdateStateByKey((IReadOnlyList<int> ones, Option<int> count) => new(ones.Count + count.GetValueOrDefault()), 2);
        var snapshots = words.MapWithState(MapWithStateTests.Sum<Utf8Slice>()).StateSnapshots();
        var kept = new List<(Rdd<(Utf8Slice Key, int State)> Counts, Rdd<(Utf8Slice Key, int State)> Snapshots)>();
        counts.TransformWith(snapshots, (left, right, _) =>
        {
            kept.Add((left, right));
            return left.Union(right);
        }).ForeachRdd(rdd => rdd.Count());

        for (var batch = 1; batch <= 10; batch++)
        {
            lines.Give("a", "b", $"word {batch}");
            await test.AdvanceAsync();
            foreach (var (earlier, number) in kept.Select((rdds, index) => (rdds, index + 1)).Skip(batch - 3))
            {
                Assert.Equal(Expected(number), Texts(earlier.Counts));
                Assert.Equal(Expected(number), Texts(earlier.Snapshots));
            }
        }

        await test.StopAsync();
        Assert.Equal(0, test.Streaming.Engine.Pool.Outstanding);
        Assert.Throws<ObjectDisposedException>(() => kept[0].Counts.Collect());

        static IEnumerable<string> Expected(int batch) =>
            Enumerable.Range(1, batch).Select(number => $"word {number}:1").Append($"a:{batch}").Append($"b:{batch}").Order(StringComparer.Ordinal);

        static IEnumerable<string> Texts(Rdd<(Utf8Slice Key, int State)> rdd) => rdd.Collect().Select(pair => $"{pair.Key}:{pair.State}").Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TextWithinKeysOrStates_OutlivesItsBatch(bool inKeys)
    {
        await using var test = new StreamingTest();
        var lines = new PooledLines();
        var source = lines.AddTo(test.Streaming);
        // What is captured are strings: nobody else holds on to the text.
        var states = test.Capture(inKeys
            ? source.Map(line => ((line[..1], 1), 1))
                .UpdateStateByKey((IReadOnlyList<int> ones, Option<int> state) => new(ones.Count + state.GetValueOrDefault()))
                .Map(pair => $"{pair.Key.Item1}:{pair.State}")
            : source.Map(line => (line[0], line))
                .UpdateStateByKey((IReadOnlyList<Utf8Slice> values, Option<Utf8Slice> state) => values.Count > 0 ? new(values[^1]) : state)
                .Map(pair => $"{(char)pair.Key}:{pair.State}"));

        for (var batch = 0; batch < 20; batch++)
        {
            lines.Give($"{(char)('b' + batch)} {batch}", $"a {batch}");
            await test.AdvanceAsync();
            states.Expect(Enumerable.Range(0, batch + 1).Select(number => inKeys ? $"{(char)('b' + number)}:1" : $"{(char)('b' + number)}:{(char)('b' + number)} {number}")
                .Append(inKeys ? $"a:{batch + 1}" : $"a:a {batch}"));
        }
    }

    [Fact]
    public async Task AWindowOverStates_HasThoseOfItsBatches()
    {
        await using var test = new StreamingTest();
        var lines = new PooledLines();
        var words = lines.AddTo(test.Streaming).Map(line => (line, 1));
        var stream = words.MapWithState(MapWithStateTests.Sum<Utf8Slice>().NumPartitions(2));
        var states = test.Capture(stream.StateSnapshots().Window(TimeSpan.FromSeconds(3)).Map(pair => $"{pair.Key}:{pair.State}"));
        var updated = test.Capture(words
            .UpdateStateByKey((IReadOnlyList<int> ones, Option<int> count) => new(ones.Count + count.GetValueOrDefault()), 2)
            .Window(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2))
            .Map(pair => $"{pair.Key}:{pair.State}"));

        for (var batch = 1; batch <= 12; batch++)
        {
            lines.Give("a", $"b{batch}");
            await test.AdvanceAsync();
            var expected = Enumerable.Range(Math.Max(1, batch - 2), Math.Min(batch, 3))
                .SelectMany(number => Enumerable.Range(1, number).Select(word => $"b{word}:1").Append($"a:{number}"))
                .ToArray();
            states.Expect(expected);
            if (batch % 2 == 0)
            {
                updated.Expect(expected);
            }
        }

        await test.StopAsync();
        Assert.Equal(0, test.Streaming.Engine.Pool.Outstanding);
    }

    [Fact]
    public async Task ManyJobsAtOnce_AdvanceAStateOnceForEachBatch_AndInTheirOrder()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { Master = "local[4]", ConcurrentJobs = 4 } });
        var pairs = test.AddSource<(int, int)>();
        var calls = 0;
        var stream = pairs.Stream.MapWithState(StateSpec.Function((int key, Option<int> value, State<int> state) =>
        {
            Interlocked.Increment(ref calls);
            state.Update(state.GetOption().GetValueOrDefault() + 1);
            return state.Get();
        }));
        var seen = new List<(long Time, int Key, int State)>();
        for (var output = 0; output < 3; output++)
        {
            stream.StateSnapshots().ForeachRdd((rdd, time) =>
            {
                var states = rdd.Collect();
                lock (seen)
                {
                    seen.AddRange(states.Select(pair => (time.Milliseconds, pair.Key, pair.State)));
                }
            });
            stream.ForeachRdd(rdd => rdd.Count());
        }

        test.Start();
        for (var batch = 1; batch <= 50; batch++)
        {
            pairs.Add(Enumerable.Range(0, 20).Select(key => (key, 1)));
            test.Time.Advance(TimeSpan.FromSeconds(1)); // Without waiting for the batch.
        }

        await test.StopAsync();
        Assert.Equal(50 * 20, calls);
        Assert.Equal(3 * 50 * 20, seen.Count);
        Assert.All(seen, state => Assert.Equal((state.Time - test.BatchTimeOf(0).Milliseconds) / 1000, state.State));
    }
}
