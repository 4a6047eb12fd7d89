using System.Globalization;
using CodegenStreaming.Codecs;
using CodegenStreaming.Tests.Execution;

namespace CodegenStreaming.Tests.Rdds;

/// <summary>What is kept is not computed again.</summary>
public sealed class PersistTests : IDisposable
{
    private readonly EngineContext _engine = new(master: "local[2]", defaultParallelism: 3, maxStorageMemory: 1 << 20);
    private int _calls;

    public void Dispose()
    {
        _engine.Dispose();
        Assert.Equal(0, _engine.Pool.Outstanding);
        Assert.Equal(0, _engine.Store.Used);
    }

    [Fact]
    public void DataSet_OfAnEngine_IsComputedOnce()
    {
        var numbers = Counted(100).Persist();
        Assert.Equal(0, _calls);
        Assert.Equal(100, numbers.Count());
        Assert.Equal(4950, numbers.Map(number => number).Sum());
        Assert.Equal([.. Enumerable.Range(0, 100)], numbers.Collect());
        Assert.Equal(100, _calls);
        Assert.Equal(100 * sizeof(int), _engine.Store.Used);
    }

    [Fact]
    public void Partition_IsKeptByTheFirstActionThatNeedsIt()
    {
        var numbers = Counted(90, 3).Cache();
        Assert.Equal(0, numbers.First());
        Assert.Equal(30, _calls);
        Assert.Equal([0, 1], numbers.Take(2));
        Assert.Equal(30, _calls);
        Assert.Equal(90, numbers.Count());
        Assert.Equal(90, _calls);
    }

    [Fact]
    public void WhatComesBeforeIt_IsNotEvenPrepared_WhenAllOfItIsThere()
    {
        var counts = Counted(100).Map(number => (number % 10, 1)).ReduceByKey((left, right) => left + right).MapValues(count => count * 2).Persist();
        Assert.Equal(10, counts.Count());
        Assert.Equal(100, _calls);
        Assert.Equal(3, counts.PartitionCount);
        Assert.All(counts.Collect(), pair => Assert.Equal(20, pair.Value));
        Assert.Equal(10, counts.Join(counts).Count());
        Assert.Equal(100, _calls);
    }

    [Fact]
    public void ResultOfAnExchange_IsKeptAsWell()
    {
        var counts = Counted(100).Map(number => (number % 10, 1)).ReduceByKey((left, right) => left + right).Persist();
        Assert.Equal(10, counts.Count());
        Assert.Equal(10, counts.Count());
        Assert.Equal(100, _calls);
        counts.Unpersist();
        Assert.Equal(10, counts.Count());
        Assert.Equal(200, _calls);
    }

    [Fact]
    public void Unpersist_EndsIt_AndAnotherLevelMayFollow()
    {
        var numbers = Counted(10).Persist();
        numbers.Count();
        Assert.Same(numbers, numbers.Unpersist());
        Assert.Equal(StorageLevel.None, numbers.StorageLevel);
        Assert.Equal(0, _engine.Store.Used);
        numbers.Count();
        numbers.Count();
        Assert.Equal(30, _calls);
        numbers.Persist(StorageLevel.DiskOnly);
        numbers.Count();
        numbers.Count();
        Assert.Equal(40, _calls);
    }

    [Fact]
    public void Level_CannotBeChanged()
    {
        var numbers = Counted(10).Persist();
        Assert.Same(numbers, numbers.Persist(StorageLevel.MemoryOnly));
        var failure = Assert.Throws<InvalidOperationException>(() => numbers.Persist(StorageLevel.DiskOnly));
        Assert.Contains("MemoryOnly", failure.Message, StringComparison.Ordinal);
        Assert.Equal(StorageLevel.MemoryOnly, numbers.StorageLevel);
    }

    [Theory]
    [InlineData(StorageLevel.MemoryOnly2, "MemoryOnly:")]
    [InlineData(StorageLevel.MemoryAndDisk2, "MemoryAndDisk:")]
    [InlineData(StorageLevel.DiskOnly2, "DiskOnly:")]
    public void ReplicatedLevels_NeedACluster(StorageLevel level, string instead)
    {
        var failure = Assert.Throws<NotSupportedException>(() => Counted(10).Persist(level));
        Assert.Contains("cluster", failure.Message, StringComparison.Ordinal);
        Assert.Contains(instead, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoLevel_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Counted(10).Persist(StorageLevel.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => Counted(10).Persist((StorageLevel)99));
    }

    [Theory]
    [InlineData(StorageLevel.MemoryOnly)]
    [InlineData(StorageLevel.MemoryAndDisk)]
    [InlineData(StorageLevel.MemoryOnlySerialized)]
    [InlineData(StorageLevel.MemoryAndDiskSerialized)]
    [InlineData(StorageLevel.DiskOnly)]
    [InlineData(StorageLevel.OffHeap)]
    public void DataLargerThanTheMemory_IsReadNoMatterHow(StorageLevel level)
    {
        const int Count = 1_000_000; // Four times the bound.
        var numbers = Counted(Count, 8).Persist(level);
        for (var action = 1; action <= 3; action++)
        {
            Assert.Equal(Count, numbers.Filter(number => number >= 0).Count());
            Assert.Equal((long)Count * (Count - 1) / 2, numbers.Sum());
            Assert.InRange(_engine.Store.Used, 0, 1 << 20);
        }

        var usesDisk = level is not (StorageLevel.MemoryOnly or StorageLevel.MemoryOnlySerialized);
        // Two partitions of half a megabyte fit.
        Assert.Equal(usesDisk ? Count : (2 * Count / 8) + (6 * 6 * Count / 8), _calls);
        numbers.Unpersist();
        Assert.Equal(0, _engine.Store.Used);
        Assert.True(_engine.Store.Files.Folder is null || Directory.GetFiles(_engine.Store.Files.Folder).Length == 0);
    }

    [Theory]
    [InlineData(StorageLevel.MemoryOnly, 2)]
    [InlineData(StorageLevel.MemoryAndDisk, 1)]
    [InlineData(StorageLevel.MemoryAndDiskSerialized, 1)]
    public void DataSets_GiveWayToOthers_TheLongestUnusedFirst(StorageLevel level, int computations)
    {
        const int Count = 100_000; // Two of them fit.
        var all = Enumerable.Range(0, 3).Select(_ => Counted(Count, 1).Persist(level)).ToArray();
        all[0].Count();
        all[1].Count();
        all[0].Count();
        Assert.Equal(2 * Count, _calls);
        all[2].Count();
        Assert.Equal(3 * Count, _calls);
        all[0].Count();
        all[2].Count();
        Assert.Equal(3 * Count, _calls);
        all[1].Count();
        Assert.Equal((2 + computations) * Count, _calls);
    }

    [Fact]
    public void TextOfAFile_OutlivesTheActionThatReadIt()
    {
        using var folder = new TemporaryFolder();
        var path = folder["lines.txt"];
        File.WriteAllLines(path, Enumerable.Range(0, 1000).Select(number => $"line {number}"));
        var words = _engine.Utf8File(path).Map(line => line.Field(' ', 1)).Persist();
        Assert.Equal(1000, words.Count());
        File.Delete(path);
        for (var action = 0; action < 3; action++)
        {
            Assert.Equal(499500, words.Map(word => word.Parse<int>()).Sum());
        }

        words.Unpersist();
    }

    [Fact]
    public void RecordsWithoutACodec_AreRefusedWherePersistIsCalled()
    {
        var objects = _engine.Parallelize(["a", "b"]).Map(text => new object());
        var failure = Assert.Throws<MissingCodecException>(() => objects.Persist(StorageLevel.DiskOnly));
        Assert.Contains("System.Object", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, objects.Persist().Count());
    }

    [Theory]
    [InlineData(StorageLevel.MemoryAndDisk)]
    [InlineData(StorageLevel.MemoryOnlySerialized)]
    [InlineData(StorageLevel.DiskOnly)]
    [InlineData(StorageLevel.OffHeap)]
    public void RecordsWithReferences_AreWrittenByTheirCodec(StorageLevel level)
    {
        var calls = 0;
        var codec = RecordCodec.Of<(string, int), TupleCodec<string, StringCodec, int, Int32Codec>>();
        var pairs = _engine.Parallelize(Enumerable.Range(0, 50_000), 4).Map(number => ($"number {number}", Count(number))).Persist(level, codec);
        var texts = pairs.Map(pair =>
        {
            Interlocked.Increment(ref calls);
            return pair.Item1;
        }).Persist(level);
        for (var action = 0; action < 3; action++)
        {
            Assert.Equal([.. Enumerable.Range(0, 50_000).Select(number => ($"number {number}", number))], pairs.Collect());
            Assert.Equal(50_000L * 49_999 / 2, texts.Map(text => int.Parse(text.AsSpan(7), CultureInfo.InvariantCulture)).Sum());
        }

        if (level != StorageLevel.MemoryOnlySerialized)
        {
            Assert.Equal((50_000, 50_000), (_calls, calls));
        }
    }

    [Fact]
    public void FailedTask_KeepsNothing()
    {
        var fails = true;
        var numbers = _engine.Parallelize(Enumerable.Range(0, 100), 4)
            .Map(number => fails && number == 60 ? throw new FormatException("no") : number)
            .Persist();
        var failure = Assert.Throws<StreamingTaskException>(() => numbers.Map(number => number).Count());
        Assert.Equal("Map", failure.OperatorName);
        Assert.IsType<FormatException>(failure.InnerException);
        fails = false;
        Assert.Equal(4950, numbers.Sum());
    }

    [Fact]
    public void PartitionsThatAreKept_GoBack_WhereTheOthersCannotBeComputed()
    {
        var fails = false;
        var sums = Counted(120_000, 2)
            .Map(number => fails ? throw new FormatException("no") : (number, 1L))
            .ReduceByKey((left, right) => left + right, 2) // 0.9 megabytes each: one is kept.
            .Persist();
        Assert.Equal(120_000, sums.Count());
        Assert.NotEqual(0, _engine.Store.Used);
        fails = true;
        Assert.Throws<StreamingTaskException>(() => sums.Count());
        sums.Unpersist();
        Assert.Equal((0, 0), (_engine.Store.Used, _engine.Pool.Outstanding));
    }

    [Fact]
    public void DataSets_OfABatch_AreKeptUntilItIsOver()
    {
        using var engine = new TestEngine(threads: 2);
        engine.Batch(scope =>
        {
            var numbers = engine.Given(scope, [1, 2, 3], [4, 5]).Map(Count).Persist();
            Assert.Equal(15, numbers.Sum());
            Assert.Equal(5, numbers.Count());
            Assert.Equal(5, _calls);
            numbers.Unpersist();
            Assert.Equal(5, numbers.Count());
            var groups = numbers.KeyBy(number => number).GroupByKey().Persist(StorageLevel.MemoryAndDisk);
            Assert.Equal(StorageLevel.MemoryAndDisk, groups.StorageLevel);
            Assert.Equal(5, groups.Count());
            numbers.Filter(number => number > 1).Persist().Count();
        });
        Assert.Equal(0, engine.Services.Store.Used);
    }

    [Fact]
    public void TwoThreads_ComputeItOnce()
    {
        var numbers = Counted(1000, 4).Persist();
        Parallel.For(0, 8, _ => Assert.Equal(499500, numbers.Sum()));
        Assert.Equal(1000, _calls);
    }

    private Rdd<int> Counted(int count, int? partitions = null) => _engine.Parallelize(Enumerable.Range(0, count), partitions).Map(Count);

    private int Count(int number)
    {
        Interlocked.Increment(ref _calls);
        return number;
    }
}
