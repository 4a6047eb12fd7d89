using static CodegenStreaming.Tests.Rdds.RandomData;

namespace CodegenStreaming.Tests.Rdds;

/// <summary>Operators that compare records, and actions that fold them, against LINQ, on random data.</summary>
public sealed class OrderModelTests
{
    private static readonly int?[] PartitionCounts = [null, 1, 2, 7];

    [Fact]
    public void Sorting_IsStable_AcrossPartitions() => Check(data =>
    {
        var (rdd, all) = (data.Rdd.MapPartitions(values => values.Select((value, index) => (value % 7, $"{value}:{index}"))), new List<(int Key, string Text)>());
        all.AddRange(data.Partitions.SelectMany(part => part.Select((value, index) => (value % 7, $"{value}:{index}"))));
        foreach (var count in PartitionCounts)
        {
            Assert.Equal(all.OrderBy(pair => pair.Key), rdd.SortByKey(numPartitions: count).Collect());
            Assert.Equal(all.OrderByDescending(pair => pair.Key), rdd.SortByKey(ascending: false, numPartitions: count).Collect());
            Assert.Equal(all.OrderBy(pair => pair.Text, StringComparer.Ordinal), rdd.SortBy(pair => pair.Item2, numPartitions: count).Collect());
            Assert.Equal(
                all.OrderByDescending(pair => pair.Text, StringComparer.Ordinal), rdd.SortBy(pair => pair.Item2, ascending: false, numPartitions: count).Collect());
            Assert.Equal(all.OrderBy(pair => -pair.Key), rdd.SortBy(pair => pair.Item1, comparer: Comparer<int>.Create((left, right) => right - left), numPartitions: count).Collect());
            var sorted = rdd.SortByKey(numPartitions: count);
            Assert.Equal(count ?? Math.Max(1, data.Partitions.Length), sorted.PartitionCount);
        }
    });

    [Fact]
    public void Sorting_DividesTheRecordsEvenly()
    {
        using var engine = new Execution.TestEngine();
        engine.Batch(scope =>
        {
            var random = new Random(1);
            int[][] partitions = [.. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 4000).Select(_ => random.Next()).ToArray())];
            var lengths = engine.Given(scope, partitions).SortBy(value => value, numPartitions: 4).Glom().Map(part => part.Length).Collect();
            Assert.All(lengths, length => Assert.InRange(length, 4000, 6000));
        });
    }

    [Fact]
    public void Sets_EqualLinq() => Check(data =>
    {
        foreach (var count in PartitionCounts)
        {
            var partitionOf = new HashPartitioner<int>(count ?? 3).PartitionOf;
            var partitions = Enumerable.Range(0, count ?? 3);
            Same(partitions.Select(index => data.All.Distinct().Where(value => partitionOf(value) == index)), data.Rdd.Distinct(count));
            Same(partitions.Select(index => data.All.Where(value => partitionOf(value) == index && !data.Other.Contains(value))), data.Rdd.Subtract(data.OtherRdd, count));
        }

        Assert.Equal(data.All.Distinct().Order(), data.Rdd.Map(value => $"{value}").Distinct().Map(int.Parse).Collect().Order());
    });

    [Fact]
    public void Partitions_AreJoinedAndNumbered() => Check(data =>
    {
        Same(
            data.Partitions.Select((part, index) => part.Select(value => (index, value))),
            data.Rdd.MapPartitionsWithIndex((index, values) => values.Select(value => (index, value))));
        foreach (var count in new[] { 1, 2, 5, 10 })
        {
            var coalesced = data.Rdd.Map(value => value + 1).Coalesce(count);
            Assert.Equal(Math.Min(count, data.Partitions.Length), coalesced.PartitionCount);
            Assert.Equal(data.All.Select(value => value + 1), coalesced.Collect());
            Assert.Equal(data.All.Take(3).Select(value => value + 1), coalesced.Take(3));
            Assert.Equal(data.All.Length, coalesced.Glom().Collect().Sum(part => part.Length));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => data.Rdd.Coalesce(0));
    });

    [Fact]
    public void FoldingActions_EqualLinq() => Check(data =>
    {
        var (rdd, all) = (data.Rdd, data.All);
        Assert.Equal(all.Aggregate(0, Math.Max), rdd.Fold(0, Math.Max));
        Assert.Equal(
            string.Concat(data.Partitions.Select(part => $"[{string.Concat(part)}]")),
            rdd.Aggregate("", (text, value) => text + value, (text, part) => $"{text}[{part}]"));
        Assert.Equal(all.Sum(), rdd.Sum());
        Assert.Equal(all.Sum(value => value / 4m), rdd.Map(value => value / 4m).Sum());
        Assert.Equal(all.Sum(value => value / 4.0), rdd.Map(value => value / 4.0).Sum());
        Assert.Equal(all.Length == 0, rdd.IsEmpty());
        foreach (var count in new[] { 0, 1, 5, 1000 })
        {
            var texts = all.Select(value => $"{value}").ToArray();
            Assert.Equal(all.Order().Take(count), rdd.TakeOrdered(count));
            Assert.Equal(all.OrderDescending().Take(count), rdd.Top(count));
            Assert.Equal(texts.Order(StringComparer.Ordinal).Take(count), rdd.Map(value => $"{value}").TakeOrdered(count));
            Assert.Equal(texts.OrderBy(text => text.Length).Take(count), rdd.Map(value => $"{value}").TakeOrdered(count, Comparer<string>.Create((left, right) => left.Length - right.Length)));
        }

        if (all.Length == 0)
        {
            Assert.Throws<InvalidOperationException>(() => rdd.Min());
            Assert.Throws<InvalidOperationException>(() => rdd.Max());
        }
        else
        {
            Assert.Equal((all.Min(), all.Max()), (rdd.Min(), rdd.Max()));
        }
    });

    [Fact]
    public void Sums_ThatDoNotFit_Fail()
    {
        using var engine = new Execution.TestEngine();
        engine.Batch(scope =>
        {
            Assert.Throws<OverflowException>(() => engine.Given(scope, [long.MaxValue], [1L]).Sum());
            Assert.Throws<StreamingTaskException>(() => engine.Given(scope, [long.MaxValue, 1L]).Sum());
        });
    }
}
