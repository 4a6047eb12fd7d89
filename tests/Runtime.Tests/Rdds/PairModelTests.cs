using static CodegenStreaming.Tests.Rdds.RandomData;

namespace CodegenStreaming.Tests.Rdds;

/// <summary>Operators over two data sets of pairs against LINQ, on random data.</summary>
public sealed class PairModelTests
{
    private static readonly int?[] PartitionCounts = [null, 1, 2, 7];

    [Fact]
    public void Joins_EqualNestedLoops_InTheStatedOrder() => CheckPairs((left, right, leftPairs, rightPairs) =>
    {
        foreach (var count in PartitionCounts)
        {
            var partitions = count ?? 3;
            var partitionOf = new HashPartitioner<int>(partitions).PartitionOf;
            IEnumerable<IEnumerable<T>> Parts<T>(IEnumerable<(int Key, T Result)> all) =>
                Enumerable.Range(0, partitions).Select(index => all.Where(pair => partitionOf(pair.Key) == index).Select(pair => pair.Result));

            var both = leftPairs.SelectMany(pair => rightPairs.Where(other => other.Key == pair.Key).Select(other => (pair.Key, Left: pair.Value, Right: other.Value))).ToList();
            var leftOnly = leftPairs.Where(pair => !rightPairs.Any(other => other.Key == pair.Key)).ToList();
            var rightOnly = rightPairs.Where(pair => !leftPairs.Any(other => other.Key == pair.Key)).ToList();
            Same(Parts(both.Select(pair => (pair.Key, $"{pair.Key}: {pair.Left} {pair.Right}"))), Text(left.Join(right, count)));

            // In the order of the left pairs, partners or not.
            var outer = leftPairs.SelectMany(pair => rightPairs.Where(other => other.Key == pair.Key).Select(other => $"Some({other.Value})").DefaultIfEmpty("None")
                .Select(other => (pair.Key, pair.Value, Other: other))).ToList();
            Same(Parts(outer.Select(pair => (pair.Key, $"{pair.Key}: {pair.Value} {pair.Other}"))), Text(left.LeftOuterJoin(right, count)));
            Same(
                Parts(both.Select(pair => (pair.Key, $"{pair.Key}: Some({pair.Left}) {pair.Right}")).Concat(rightOnly.Select(pair => (pair.Key, $"{pair.Key}: None {pair.Value}")))),
                Text(left.RightOuterJoin(right, count)));
            Same(
                Parts(outer.Select(pair => (pair.Key, $"{pair.Key}: Some({pair.Value}) {pair.Other}")).Concat(rightOnly.Select(pair => (pair.Key, $"{pair.Key}: None Some({pair.Value})")))),
                Text(left.FullOuterJoin(right, count)));
            Same(Parts(leftOnly.Select(pair => (pair.Key, pair))), left.SubtractByKey(right, count));
            var keys = leftPairs.Concat(rightPairs).Select(pair => pair.Key).Distinct();
            string Values(IEnumerable<(int Key, int Value)> pairs, int key) => string.Join(',', pairs.Where(pair => pair.Key == key).Select(pair => pair.Value));
            Same(
                Parts(keys.Select(key => (key, $"{key}: {Values(leftPairs, key)} | {Values(rightPairs, key)}"))),
                left.Cogroup(right, count).Map(pair => $"{pair.Key}: {string.Join(',', pair.Values.Left)} | {string.Join(',', pair.Values.Right)}"));
        }
    });

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(4, 1)]
    [InlineData(4, 3)]
    public void LargeJoins_EqualLinq(int partitions, int targets)
    {
        var random = new Random(partitions);
        (int Key, long Value)[] Pairs(int count, int keys) => [.. Enumerable.Range(0, count).Select(_ => (random.Next(keys) * 7919, random.NextInt64()))];
        foreach (var keys in (int[])[10, 3000, 40_000])
        {
            var (left, right) = (Pairs(keys < 100 ? 300 : 20_000, keys), Pairs(keys < 100 ? 301 : 20_011, keys));
            using var engine = new EngineContext(master: "local[2]");
            var (leftSet, rightSet) = (engine.Parallelize(left, partitions), engine.Parallelize(right, partitions));
            var expected = left.Join(right, pair => pair.Key, pair => pair.Key, (one, other) => (one.Key, (one.Value, other.Value)));
            var joined = leftSet.Join(rightSet, targets).Collect();
            Assert.Equal(targets == 1 ? expected : expected.Order(), targets == 1 ? joined : joined.Order());

            // How many right records there are is not known before they are read: they are made in place.
            var partitioner = new HashPartitioner<int>(targets);
            var outer = leftSet.RightOuterJoin(rightSet.PartitionBy(partitioner).MapValues(value => value), partitioner);
            var keysOfLeft = left.Select(pair => pair.Key).ToHashSet();
            Assert.Equal(
                right.Where(pair => !keysOfLeft.Contains(pair.Key)).Order(),
                outer.Filter(pair => !pair.Values.Left.HasValue).Map(pair => (pair.Key, pair.Values.Right)).Collect().Order());
            Assert.Equal(
                left.Concat(right).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Count()),
                leftSet.Cogroup(rightSet, targets).Collect().ToDictionary(group => group.Key, group => group.Values.Left.Count + group.Values.Right.Count));
            Assert.Equal(0, engine.Pool.Outstanding);
        }
    }

    [Fact]
    public void Sides_PartitionedAlike_StayWhereTheyAre() => CheckPairs((left, right, leftPairs, rightPairs) =>
    {
        var partitioner = new Remainders(4);
        var (placedLeft, placedRight) = (left.PartitionBy(partitioner), right.PartitionBy(partitioner).MapValues(value => -value));
        var expected = Enumerable.Range(0, 4).Select(index => leftPairs.Where(pair => pair.Key % 4 == index)
            .SelectMany(pair => rightPairs.Where(other => other.Key == pair.Key).Select(other => $"{pair.Key}: {pair.Value} {-other.Value}")));
        Same(expected, Text(placedLeft.Join(placedRight)));
        Same(expected, Text(placedLeft.Join(right.MapValues(value => -value))));
        Same(expected, Text(left.Join(placedRight, partitioner)));

        var sums = leftPairs.GroupBy(pair => pair.Key).Select(group => (group.Key, group.Sum(pair => pair.Value))).ToList();
        var placedSums = Enumerable.Range(0, 4).Select(index => sums.Where(pair => pair.Key % 4 == index));
        Same(placedSums, placedLeft.ReduceByKey((a, b) => a + b, partitioner).Map(pair => (pair.Key, pair.Value)));
        Same(placedSums, placedLeft.GroupByKey(partitioner).MapValues(values => values.Sum()).Map(pair => (pair.Key, pair.Value)));
        Same(placedSums, placedLeft.AggregateByKey(0L, (sum, value) => sum + value, (a, b) => a + b, partitioner).Map(pair => (pair.Key, (int)pair.Value)));
    });

    [Fact]
    public void KeyedOperators_EqualLinq() => CheckPairs((left, _, leftPairs, _) =>
    {
        foreach (var count in PartitionCounts)
        {
            var partitionOf = new HashPartitioner<int>(count ?? 3).PartitionOf;
            Same(
                Enumerable.Range(0, count ?? 3).Select(index => leftPairs.GroupBy(pair => pair.Key).Where(group => partitionOf(group.Key) == index)
                    .Select(group => $"{group.Key} 0{string.Concat(group.Select(pair => $"+{pair.Value}"))}")),
                left.Coalesce(1).AggregateByKey("0", (text, value) => $"{text}+{value}", (a, b) => $"{a}|{b}", count).Map(pair => $"{pair.Key} {pair.Value}"));
        }

        Assert.Equal(leftPairs.Select(pair => pair.Key), left.Keys().Collect());
        Assert.Equal(leftPairs.Select(pair => pair.Value), left.Values().Collect());
        Assert.Equal(leftPairs.GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => (long)group.Count()), left.CountByKey());
        Assert.Equal(leftPairs.GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value), left.CollectAsMap());
        for (var key = 0; key < 9; key++)
        {
            var values = leftPairs.Where(pair => pair.Key == key).Select(pair => pair.Value);
            Assert.Equal(values, left.Lookup(key));
            Assert.Equal(values, left.PartitionBy(new Remainders(3)).Lookup(key));
        }
    });

    [Fact]
    public void NullKeys_AreKeys() => CheckPairs((left, right, leftPairs, rightPairs) =>
    {
        string? Key(int key) => key % 2 == 0 ? null : "odd";
        Assert.Equal(
            leftPairs.Sum(pair => rightPairs.Count(other => Key(pair.Key) == Key(other.Key))),
            left.Map(pair => (Key(pair.Key), pair.Value)).Join(right.Map(pair => (Key(pair.Key), pair.Value))).Count());
        Assert.Equal(leftPairs.Select(pair => Key(pair.Key)).Distinct(), left.Map(pair => Key(pair.Key)).Distinct(1).Collect());
    });

    private static Rdd<string> Text<TLeft, TRight>(Rdd<(int Key, (TLeft Left, TRight Right) Values)> joined) =>
        joined.Map(pair => $"{pair.Key}: {pair.Values.Left} {pair.Values.Right}");

    private static void CheckPairs(
        Action<Rdd<(int Key, int Value)>, Rdd<(int Key, int Value)>, IReadOnlyList<(int Key, int Value)>, IReadOnlyList<(int Key, int Value)>> check) => Check(data =>
    {
        var range = data.Random.Next(2, 12);
        check(
            data.Rdd.Map(value => (Key: value % range, Value: value)),
            data.OtherRdd.Map(value => (Key: value % (range + 1), Value: value)),
            [.. data.All.Select(value => (value % range, value))],
            [.. data.Other.Select(value => (value % (range + 1), value))]);
    });
}
