namespace CodegenStreaming.Conformance;

/// <summary>Every window operator against what it says, computed from all batches anew, over random batches, lengths and slides.</summary>
public sealed class WindowModelTests
{
    private const int Batches = 24;

    /// <summary>A state beyond a processor's nearest cache, which looks up many keys at once; some leave for good, and some of those come again.</summary>
    [Fact]
    public async Task LargeWindow_IsWhatItsBatchesSay()
    {
        var random = new Random(5);
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { DefaultParallelism = 1 } });
        var numbers = test.AddSource<int>();
        var counts = test.Capture(numbers.Stream.Map(number => (number, 1)).ReduceByKeyAndWindow(
            (left, right) => left + right, (whole, part) => whole - part, TimeSpan.FromSeconds(3), filter: pair => pair.Value != 0));
        var values = test.Capture(numbers.Stream.CountByValueAndWindow(TimeSpan.FromSeconds(3)));
        var given = new List<int[]>();
        for (var batch = 0; batch < 10; batch++)
        {
            given.Add([.. Enumerable.Range(0, batch % 4 == 3 ? 10 : 12_000).Select(_ => random.Next(30_000))]);
            numbers.Add(given[batch]);
            await test.AdvanceAsync();
            var expected = given.TakeLast(3).SelectMany(some => some).CountBy(number => number).ToArray();
            counts.Expect(expected.Select(pair => (pair.Key, pair.Value)));
            values.Expect(expected.Select(pair => (pair.Key, (long)pair.Value)));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Windows_AreWhatTheirBatchesSay(int seed)
    {
        var random = new Random(seed);
        var (length, slide) = (random.Next(1, 11), random.Next(1, 5));
        await using var test = new StreamingTest(new StreamingTestOptions
        {
            Streaming = { DefaultParallelism = new[] { 1, 2, 7 }[seed % 3], ConcurrentJobs = seed % 4 == 0 ? 3 : 1 },
        });
        var numbers = test.AddSource<int>();
        var pairs = numbers.Stream.Map(number => (Key: number % 5, Text: number.ToString(System.Globalization.CultureInfo.InvariantCulture) + ";"));
        var (window, every) = (TimeSpan.FromSeconds(length), TimeSpan.FromSeconds(slide));
        var records = test.Capture(numbers.Stream.Window(window, every));
        var groups = test.Capture(pairs.GroupByKeyAndWindow(window, every));
        var texts = test.Capture(pairs.ReduceByKeyAndWindow((left, right) => left + right, window, every));
        var folded = test.Capture(pairs.Map(pair => pair.Text).ReduceByWindow((left, right) => left + right, window, every));
        var sums = test.Capture(numbers.Stream.ReduceByWindow((left, right) => left + right, (whole, part) => whole - part, window, every));
        var counts = test.Capture(numbers.Stream.CountByWindow(window, every));
        var values = test.Capture(numbers.Stream.Map(number => number % 7).CountByValueAndWindow(window, every));
        var weights = numbers.Stream.Map(number => (number % 11, (Sum: number, Count: 1)));
        var all = test.Capture(weights.ReduceByKeyAndWindow(Add, Remove, window, every));
        var live = test.Capture(weights.ReduceByKeyAndWindow(Add, Remove, window, every, filter: pair => pair.Value.Count != 0));
        var seen = new HashSet<int>();
        var given = new List<int[]>();
        for (var batch = 1; batch <= Batches; batch++)
        {
            given.Add(Give(numbers, random));
            await test.AdvanceAsync();
            if (batch % slide != 0)
            {
                continue;
            }

            var content = given.Skip(batch - length).SelectMany(numbers => numbers).ToArray();
            var hasBegun = given.Any(numbers => numbers.Length > 0);
            records.ExpectInOrder(content);
            var byKey = content.GroupBy(number => number % 5, number => $"{number};").ToArray();
            groups.Expect([.. byKey.Select(group => (group.Key, (IReadOnlyList<string>)[.. group]))]);
            texts.Expect([.. byKey.Select(group => (group.Key, string.Concat(group)))]);
            folded.Expect(content.Length == 0 ? [] : [string.Concat(content.Select(number => $"{number};"))]);
            sums.Expect(hasBegun ? [content.Sum()] : []);
            counts.Expect(hasBegun ? [(long)content.Length] : []);
            values.Expect(content.GroupBy(number => number % 7).Select(group => (group.Key, (long)group.Count())));
            var weightOf = content.GroupBy(number => number % 11).ToDictionary(group => group.Key, group => (group.Sum(), group.Count()));
            live.Expect(weightOf.Select(pair => (pair.Key, pair.Value)));
            seen.UnionWith(weightOf.Keys);
            all.Expect(seen.Select(key => (key, weightOf.GetValueOrDefault(key))));
        }

        Assert.Equal(Batches / slide, records.Batches.Count);
        Assert.Equal(Batches / slide, counts.Batches.Count);
    }

    public static IEnumerable<TheoryDataRow<int>> Cases() => Enumerable.Range(1, 200).Select(seed => new TheoryDataRow<int>(seed));

    private static (int Sum, int Count) Add((int Sum, int Count) left, (int Sum, int Count) right) => (left.Sum + right.Sum, left.Count + right.Count);

    private static (int Sum, int Count) Remove((int Sum, int Count) whole, (int Sum, int Count) part) => (whole.Sum - part.Sum, whole.Count - part.Count);

    private static int[] Give(TestSource<int> numbers, Random random)
    {
        var all = new List<int>();
        for (var partitions = random.Next(4); partitions > 0; partitions--)
        {
            int[] block = [.. Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(-50, 50))];
            numbers.Add(block);
            all.AddRange(block);
        }

        return [.. all];
    }
}
