using CodegenStreaming.Tests.Execution;
using static CodegenStreaming.Tests.Rdds.RandomData;

namespace CodegenStreaming.Tests.Rdds;

/// <summary>Every operator against LINQ, on random data in one, two and seven partitions, empty ones among them.</summary>
public sealed class OperatorModelTests
{
    [Fact]
    public void NarrowOperators_KeepPartitionsAndOrder() => Check(data =>
    {
        var (rdd, parts) = (data.Rdd, data.Partitions);
        Same(parts.Select(part => part.Select(value => $"<{value}>")), rdd.Map(value => $"<{value}>"));
        Same(parts.Select(part => part.Where(value => value % 3 == 0)), rdd.Filter(value => value % 3 == 0));
        Same(parts.Select(part => part.SelectMany(Repeat)), rdd.FlatMap(Repeat));
        Same(parts.Select(part => part.Select(value => (value % 5, value))), rdd.KeyBy(value => value % 5));
        Same(parts.Select(part => part.Select(value => (value % 5, -value))), rdd.KeyBy(value => value % 5).MapValues(value => -value));
        Same(parts.Select(part => part.SelectMany(value => Repeat(value).Select(repeated => (value % 5, repeated)))), rdd.KeyBy(value => value % 5).FlatMapValues(Repeat));
        Same(parts.Select(part => part.Reverse().Take(2)), rdd.MapPartitions(values => values.Reverse().Take(2)));
        Assert.Equal(parts, rdd.Glom().Collect());
        Same(parts.Concat(parts.Select(part => part.Select(value => value + 1).ToArray())), rdd.Union(rdd.Map(value => value + 1)));
    });

    [Fact]
    public void Actions_EqualLinq() => Check(data =>
    {
        var (rdd, all) = (data.Rdd, data.All);
        Assert.Equal(all, rdd.Collect());
        Assert.Equal(all.Length, rdd.Count());
        Assert.Equal(all.Take(5), rdd.Take(5));
        Assert.Empty(rdd.Take(0));
        Assert.Equal(all, rdd.Take(int.MaxValue));
        Assert.Equal(all, rdd.ToLocalIterator());
        Assert.Equal(
            all.GroupBy(value => value).Select(group => (group.Key, (long)group.Count())).Order(), rdd.CountByValue().Select(pair => (pair.Value, pair.Count)).Order());
        if (all.Length == 0)
        {
            Assert.Throws<InvalidOperationException>(() => rdd.First());
            Assert.Throws<InvalidOperationException>(() => rdd.Reduce(Math.Max));
        }
        else
        {
            Assert.Equal(all[0], rdd.First());
            Assert.Equal(all.Sum(), rdd.Reduce((left, right) => left + right));
            Assert.Equal(all.Aggregate("", (text, value) => text + value), rdd.Map(value => $"{value}").Reduce((left, right) => left + right));
        }

        var sum = 0;
        rdd.Foreach(value => Interlocked.Add(ref sum, value));
        Assert.Equal(all.Sum(), sum);
        (sum, var partitions) = (0, 0);
        rdd.ForeachPartition(values =>
        {
            Interlocked.Increment(ref partitions);
            Interlocked.Add(ref sum, values.Sum());
        });
        Assert.Equal((all.Sum(), data.Partitions.Length), (sum, partitions));
    });

    [Fact]
    public void KeyedOperators_EqualLinq_InExactlyTheAskedPartitions() => Check(data =>
    {
        var pairs = data.Rdd.Map(value => (value % 7, value));
        foreach (var count in new int?[] { null, 1, 2, 7 })
        {
            var partitions = count ?? 3;
            var partitionOf = new HashPartitioner<int>(partitions).PartitionOf;

            // Keys of a partition in the order of their first appearance, values folded from the left in the order of the records.
            IEnumerable<IGrouping<int, int>>[] groups =
                [.. Enumerable.Range(0, partitions).Select(index => data.All.GroupBy(value => value % 7).Where(group => partitionOf(group.Key) == index))];
            Same(groups.Select(part => part.Select(group => (group.Key, group.Aggregate(Math.Max)))), pairs.ReduceByKey(Math.Max, count));
            Same(
                groups.Select(part => part.Select(group => (group.Key, string.Join(' ', group)))),
                pairs.GroupByKey(count).MapValues(values => string.Join(' ', values)));
            Same(
                groups.Select(part => part.Select(group => (group.Key, string.Join(' ', group)))),
                pairs.CombineByKey(value => $"{value}", (text, value) => $"{text} {value}", (left, right) => $"{left} {right}", count));
        }
    });

    [Fact]
    public void Partitioners_OfTheUsers_Decide() => Check(data =>
    {
        var pairs = data.Rdd.Map(value => (value, 1L));
        var partitioner = new Remainders(4);
        foreach (var parts in new[]
        {
            pairs.ReduceByKey((left, right) => left + right, partitioner).Map(pair => pair.Key).Glom().Collect(),
            pairs.GroupByKey(partitioner).Map(pair => pair.Key).Glom().Collect(),
            pairs.CombineByKey(value => value, (left, right) => left + right, (left, right) => left + right, partitioner).Map(pair => pair.Key).Glom().Collect(),
        })
        {
            Assert.Equal(Enumerable.Range(0, 4).Select(index => data.All.Distinct().Where(value => value % 4 == index)), parts);
        }
    });

    [Fact]
    public void Repartition_DealsOut_InExactlyTheAskedPartitions() => Check(data =>
    {
        foreach (var count in new[] { 1, 2, 5 })
        {
            var parts = data.Rdd.Repartition(count).Glom().Collect();
            Assert.Equal(count, parts.Length);
            Assert.Equal(data.All.Order(), parts.SelectMany(part => part).Order());

            // Each map partition spreads its records to within one of each other.
            Assert.True(parts.Max(part => part.Length) - parts.Min(part => part.Length) <= data.Partitions.Length);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => data.Rdd.Repartition(0));
    });

    [Fact]
    public void Repartition_OfOnePartition_IsExactlyEven()
    {
        using var engine = new TestEngine();
        engine.Batch(scope => Assert.Equal(
            [4, 3, 3], engine.Given(scope, Enumerable.Range(0, 10).ToArray()).Repartition(3).Glom().Collect().Select(part => part.Length)));
    }

    [Fact]
    public void NullKeys_AreKeys() => Check(data =>
    {
        var pairs = data.Rdd.Map(value => (value % 2 == 0 ? null : "odd", value));
        var expected = data.All.GroupBy(value => value % 2 == 0 ? null : "odd").Select(group => (group.Key, group.Sum())).Order();
        Assert.Equal(expected, pairs.ReduceByKey((left, right) => left + right).Collect().Order());
        Assert.Equal(expected, pairs.GroupByKey().MapValues(values => values.Sum()).Collect().Order());
    });

    [Fact]
    public void ForeignDataSets_AreRefused()
    {
        using var engine = new TestEngine();
        using var other = engine.NewScope();
        using var scope = engine.NewScope();
        Assert.Throws<ArgumentException>(() => engine.Given(scope, [1]).Union(engine.Given(other, [1])));
    }

    private static IEnumerable<int> Repeat(int value) => Enumerable.Repeat(value, value % 3);
}
