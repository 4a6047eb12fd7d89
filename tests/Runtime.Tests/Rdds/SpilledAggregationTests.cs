using System.Globalization;
using CodegenStreaming.Tests.Execution;
using CodegenStreaming.Tests.Sources;

namespace CodegenStreaming.Tests.Rdds;

/// <summary>Aggregations that are larger than their memory give the same, by way of files.</summary>
public sealed class SpilledAggregationTests : IDisposable
{
    /// <summary>A fifth of what the keys and sums of the tests take at least.</summary>
    private const int Bound = 128 * 1024;

    private const int Keys = 40_000;

    private readonly TemporaryFolder _folder = new();
    private EngineContext _engine;

    public SpilledAggregationTests() => _engine = NewEngine();

    public void Dispose()
    {
        AssertNothingIsLeft();
        _engine.Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(2, 1)]
    [InlineData(5, 2)]
    [InlineData(7, 7)]
    public void SumsByNumbers_EqualLinqs(int mapPartitions, int partitions) => Randomly.Test(1, random =>
    {
        var pairs = Pairs(random, 3 * Keys);
        var sums = _engine.Parallelize(pairs, mapPartitions).ReduceByKey((left, right) => left + right, partitions);
        AssertSpilled(sums, pairs.GroupBy(pair => pair.Item1).Select(group => (group.Key, group.Sum(pair => pair.Item2))));
        Assert.Equal(partitions, sums.PartitionCount);
    });

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(2, 7)]
    public void SumsByStrings_EqualLinqs(int mapPartitions, int partitions) => Randomly.Test(1, random =>
    {
        (string? Key, long Value)[] pairs = [.. Pairs(random, 2 * Keys).Select(pair => (pair.Item1 == 0 ? null : $"key {pair.Item1}", pair.Item2))];
        AssertSpilled(
            _engine.Parallelize(pairs, mapPartitions).ReduceByKey((left, right) => left + right, partitions),
            pairs.GroupBy(pair => pair.Key).Select(group => (group.Key, group.Sum(pair => pair.Value))));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void FunctionThatDependsOnTheOrder_GivesTheSame(int mapPartitions) => Randomly.Test(1, random =>
    {
        (long Key, string Text)[] pairs = [.. Pairs(random, 2 * Keys).Select((pair, index) => (pair.Item1 % 9000, index.ToString(CultureInfo.InvariantCulture)))];
        AssertSpilled(
            _engine.Parallelize(pairs, mapPartitions).ReduceByKey((left, right) => left + "," + right, 3),
            pairs.GroupBy(pair => pair.Key).Select(group => (group.Key, string.Join(',', group.Select(pair => pair.Text)))));
    });

    [Fact]
    public void FewKeysWhoseCombinationsGrow_AreSpilledToo()
    {
        (int Key, string Text)[] pairs = [.. Enumerable.Range(0, 30_000).Select(index => (index % 5, $"{index}"))];
        AssertSpilled(
            _engine.Parallelize(pairs, 2).ReduceByKey((left, right) => left + "," + right, 2),
            pairs.GroupBy(pair => pair.Key).Select(group => (group.Key, string.Join(',', group.Select(pair => pair.Text)))));
    }

    [Fact]
    public void DistinctRecords_AndCountsOfThem_EqualLinqs()
    {
        var records = Pairs(new Random(3), 3 * Keys).Select(pair => pair.Item1).ToArray();
        AssertSpilled(_engine.Parallelize(records, 4).Distinct(3), records.Distinct());
        AssertSpilled(_engine.Parallelize(records, 1).Distinct(1), records.Distinct());
        var counts = _engine.Parallelize(records, 3).CountByValue();
        Assert.Equal(records.CountBy(record => record).Count(), counts.Count);
    }

    [Fact]
    public void RecordsThatLieByTheirKeysAlready_AreCombinedWhereTheyAre()
    {
        var pairs = Pairs(new Random(4), 3 * Keys);
        AssertSpilled(
            _engine.Parallelize(pairs, 3).PartitionBy(new HashPartitioner<long>(2)).ReduceByKey((left, right) => left + right),
            pairs.GroupBy(pair => pair.Item1).Select(group => (group.Key, group.Sum(pair => pair.Item2))));
    }

    [Fact]
    public void WhatFits_GoesToNoFile_AndKeepsItsOrder()
    {
        (long, long)[] pairs = [.. Enumerable.Range(0, 50_000).Select(index => ((long)(index % 300), 1L))];
        var sums = _engine.Parallelize(pairs, 8).ReduceByKey((left, right) => left + right, 1).Collect();
        Assert.Equal(pairs.Take(300).Select(pair => pair.Item1), sums.Select(pair => pair.Key));
        Assert.Equal(0, _engine.Aggregations.Spills);
        Assert.Null(_engine.Store.Files.Folder);
    }

    [Fact]
    public void FinishedTasks_DoNotHoldMoreThanTheBoundTogether()
    {
        // Each of them is small; all of them together are not.
        var pairs = Pairs(new Random(5), Keys);
        AssertSpilled(
            _engine.Parallelize(pairs, 100).ReduceByKey((left, right) => left + right, 2),
            pairs.GroupBy(pair => pair.Item1).Select(group => (group.Key, group.Sum(pair => pair.Item2))));
    }

    [Fact]
    public void FolderThatCannotBeMade_FailsTheTask_AndIsTriedAgain()
    {
        _engine.Dispose();
        var path = _folder["taken"];
        _engine = NewEngine(localDirectory: path);
        File.WriteAllText(path, "no folder");
        var sums = Sums();
        var failure = Assert.Throws<StreamingTaskException>(() => sums.Count());
        Assert.Equal("ReduceByKey", failure.OperatorName);
        Assert.IsType<IOException>(failure.InnerException);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains("partition ", failure.Message, StringComparison.Ordinal);
        AssertNothingIsLeft();

        File.Delete(path);
        Assert.Equal(Keys, sums.Count());
        AssertNothingIsLeft();
        _engine.Dispose();
        Directory.Delete(path);
    }

    [Fact]
    public void FolderThatIsThereAgain_IsUsedByTheNextAttempt()
    {
        _engine.Dispose();
        var path = _folder["taken"];
        _engine = NewEngine(localDirectory: path, maxTaskFailures: 2);
        File.WriteAllText(path, "no folder");
        var failed = 0;
        _engine.Services.TaskWatch = (task, _, _, _) =>
        {
            if (task.Attempt == 2 && Interlocked.Exchange(ref failed, 1) == 0)
            {
                File.Delete(path);
            }
        };
        Assert.Equal(Keys, Sums(mapPartitions: 1).Count());
        Assert.Equal(1, failed);
        AssertNothingIsLeft();
        _engine.Dispose();
        Directory.Delete(path);
    }

    [Theory]
    [MemberData(nameof(FileDamage.Kinds), MemberType = typeof(FileDamage))]
    public void DamagedFile_FailsTheTaskThatMerges_AndTheNextActionSucceeds(string damage)
    {
        var damaged = "";
        _engine.Services.TaskWatch = (_, _, work, isDone) =>
        {
            if (work.Chain is null && !isDone && damaged.Length == 0)
            {
                damaged = Directory.GetFiles(_engine.Store.Files.Folder!)[0];
                FileDamage.Apply(damage, damaged);
            }
        };
        var sums = Sums(partitions: 1);
        var failure = Assert.Throws<StreamingTaskException>(() => sums.Count());
        Assert.Equal("ReduceByKey", failure.OperatorName);
        Assert.IsType<IOException>(failure.InnerException);
        Assert.Contains(damaged, failure.Message, StringComparison.Ordinal);
        AssertNothingIsLeft();
        Assert.Equal(Keys, sums.Count());
    }

    [Fact]
    public void FunctionThatFailsAfterASpill_LeavesNoFile()
    {
        var left = 2 * Keys;
        var sums = _engine.Parallelize(Pairs(new Random(6), 3 * Keys), 2)
            .Map(pair => Interlocked.Decrement(ref left) < 0 ? throw new FormatException("enough") : pair)
            .ReduceByKey((first, second) => first + second);
        var failure = Assert.Throws<StreamingTaskException>(() => sums.Count());
        Assert.IsType<FormatException>(failure.InnerException);
        Assert.True(_engine.Aggregations.Spills > 0);
    }

    [Theory]
    [InlineData(Keys)]
    [InlineData(3 * Keys)]
    public void Cancellation_LeavesNoFile(int records)
    {
        // In the midst of the records, or behind the last of them, so that it is noticed where they are merged.
        using var cancellation = new CancellationTokenSource();
        using var engine = new TestEngine(threads: 1, cancellation: cancellation.Token, maxAggregationMemory: Bound);
        var left = records;
        engine.Batch(scope =>
        {
            var sums = engine.Given(scope, Pairs(new Random(8), 3 * Keys))
                .Map(pair =>
                {
                    if (--left == 0)
                    {
                        cancellation.Cancel();
                    }

                    return pair;
                })
                .ReduceByKey((first, second) => first + second, 2);
            Assert.ThrowsAny<OperationCanceledException>(() => sums.Count());
        });
        Assert.True(engine.Services.Aggregations.Spills > 0);
        Assert.Empty(Directory.GetFiles(engine.Services.Store.Files.Folder!));
    }

    [Fact]
    public void EntriesWithoutACodec_StayInMemory_WhichIsSaidOnce()
    {
        var log = new LogRecords();
        _engine.Dispose();
        _engine = NewEngine(log: log);
        var pairs = Pairs(new Random(7), Keys).Select(pair => (new Name($"{pair.Item1}"), 1L)).ToArray();
        for (var action = 0; action < 2; action++)
        {
            Assert.Equal(pairs.Select(pair => pair.Item1).Distinct().Count(), _engine.Parallelize(pairs, 3).ReduceByKey((left, right) => left + right).Count());
        }

        Assert.Equal(0, _engine.Aggregations.Spills);
        var warning = Assert.Single(log.Warnings);
        Assert.Contains("ReduceByKey", warning.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(EngineContext.UseCodec), warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeysThatAreEqualByReferenceOnly_StayInMemory()
    {
        var keys = Enumerable.Range(0, 9000).Select(key => new[] { key }).ToArray();
        var counts = _engine.Parallelize(keys.Concat(keys), 2).CountByValue();
        Assert.Equal(9000, counts.Count);
        Assert.All(counts, count => Assert.Equal(2, count.Count));
        Assert.Equal(9000, _engine.Parallelize(keys.Concat(keys), 2).Distinct().Count());
        Assert.Equal(0, _engine.Aggregations.Spills);
    }

    [Fact]
    public void Bound_IsChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EngineContext(maxAggregationMemory: 0));
        Assert.Equal(Bound, _engine.MaxAggregationMemory);
        var failure = Assert.Throws<ArgumentException>(() => new StreamingContext(new StreamingOptions { MaxAggregationMemory = 0 }));
        Assert.Contains(nameof(StreamingOptions.MaxAggregationMemory), failure.Message, StringComparison.Ordinal);
    }

    private static (long, long)[] Pairs(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextInt64(Keys), random.NextInt64(1000)))];

    private Rdd<(long Key, long Value)> Sums(int partitions = 3, int mapPartitions = 2) =>
        _engine.Parallelize(Enumerable.Range(0, 2 * Keys).Select(index => ((long)(index % Keys), 1L)), mapPartitions).ReduceByKey((left, right) => left + right, partitions);

    private EngineContext NewEngine(string? localDirectory = null, int maxTaskFailures = 1, LogRecords? log = null) => new(
        master: "local[2]",
        maxTaskFailures: maxTaskFailures,
        maxAggregationMemory: Bound,
        localDirectory: localDirectory ?? _folder.Root,
        loggerFactory: log is null ? null : new OneLog(log));

    private void AssertSpilled<T>(Rdd<T> actual, IEnumerable<T> expected)
    {
        var before = _engine.Aggregations.Spills;
        Assert.Equal(expected.Order(), actual.Collect().Order());
        Assert.True(_engine.Aggregations.Spills > before, "Nothing went to a file.");
        AssertNothingIsLeft();
    }

    private void AssertNothingIsLeft()
    {
        Assert.Equal(0, _engine.Pool.Outstanding);
        Assert.Equal(0, _engine.Aggregations.Held);
        Assert.True(_engine.Store.Files.Folder is null || Directory.GetFiles(_engine.Store.Files.Folder).Length == 0);
    }

    private sealed record Name(string Text);
}
