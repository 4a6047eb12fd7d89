using CodegenStreaming.Execution.Storage;
using CodegenStreaming.Tests.Sources;

namespace CodegenStreaming.Tests.Execution;

/// <summary>What is lost is computed again from what it was made of, and nothing else is.</summary>
public sealed class LineageTests : IDisposable
{
    private readonly EngineContext _engine = new(master: "local[2]", defaultParallelism: 3);
    private int _calls;

    public void Dispose()
    {
        _engine.Dispose();
        Assert.Equal(0, _engine.Pool.Outstanding);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void PartitionsDisappear_AndResultsAreTheSame(int threads)
    {
        using var engine = new EngineContext(master: $"local[{threads}]", defaultParallelism: 3);
        var losses = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            engine.Store.Losses = null;
            var programs = Programs(engine, new Random(seed)).ToArray();
            var expected = Array.ConvertAll(programs, program => program());
            engine.Store.Losses = new PartitionLosses(seed, 0.15);
            for (var round = 0; round < 2; round++)
            {
                for (var index = 0; index < programs.Length; index++)
                {
                    Assert.True(expected[index] == programs[index](), $"Seed {seed}, program {index}, round {round}");
                }
            }

            losses += engine.Store.Losses.Count;
        }

        Assert.InRange(losses, 1000, int.MaxValue);
        engine.Dispose();
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public void OnlyTheMissingPartition_IsComputedAgain()
    {
        var numbers = _engine.Parallelize(Enumerable.Range(0, 80), 8).Map(Count).Persist();
        numbers.Count();
        numbers.Node.Stored!.Partitions![5].Drop();
        Assert.Equal(80, numbers.Count());
        Assert.Equal(90, _calls);
        Assert.Equal(80, numbers.Count());
        Assert.Equal(90, _calls);
    }

    [Fact]
    public void MissingPartitionOfAnExchange_IsMergedAlone()
    {
        var merges = 0;
        var sums = _engine.Parallelize(Enumerable.Range(0, 80), 8)
            .Map(number => (number % 16, Count(number)))
            .PartitionBy(new HashPartitioner<int>(4))
            .MapValues(value => Counted(value, ref merges))
            .ReduceByKey((left, right) => left + right, new HashPartitioner<int>(4))
            .Persist();
        var all = sums.Collect();
        Assert.Equal((80, 80), (_calls, merges));
        var missing = sums.Node.Stored!.Partitions!;
        var lost = Array.FindIndex(missing, partition => partition.MemoryBytes > 0);
        missing[lost].Drop();
        Assert.Equal(all, sums.Collect());
        Assert.Equal(160, _calls);
        Assert.InRange(merges, 81, 159);
    }

    [Theory]
    [MemberData(nameof(FileDamage.Kinds), MemberType = typeof(FileDamage))]
    public void DamagedFile_IsNoticed_AndItsPartitionComputedAgain(string damage)
    {
        var log = new LogRecords();
        using var engine = new EngineContext(master: "local[2]", loggerFactory: new OneLog(log));
        var numbers = engine.Parallelize(Enumerable.Range(0, 40_000), 4).Map(Count).Persist(StorageLevel.DiskOnly);
        Assert.Equal(40_000, numbers.Count());
        var file = Directory.GetFiles(engine.Store.Files.Folder!)[2];
        FileDamage.Apply(damage, file);

        Assert.Equal(40_000L * 39_999 / 2, numbers.Sum());
        Assert.Equal(50_000, _calls);
        Assert.Contains(log.Warnings, warning => warning.Message.Contains(file, StringComparison.Ordinal));
        Assert.Equal(40_000, numbers.Count());
        Assert.Equal(50_000, _calls);
    }

    [Fact]
    public void FailureWhileSomethingLostIsComputed_NamesTheOperator()
    {
        var fails = false;
        var sums = _engine.Parallelize(Enumerable.Range(0, 80), 8)
            .Map(number => fails ? throw new FormatException("no") : (number % 16, number))
            .ReduceByKey((left, right) => left + right)
            .MapValues(sum => sum)
            .Persist();
        Assert.Equal(16, sums.Count());
        fails = true;
        _engine.Store.Losses = new PartitionLosses(1, 1);
        var failure = Assert.Throws<StreamingTaskException>(() => sums.Map(pair => pair.Item2).Count());
        Assert.Equal("Map", failure.OperatorName);
        Assert.IsType<FormatException>(failure.InnerException);
    }

    /// <summary>Data sets over one another, each read as text.</summary>
    private static IEnumerable<Func<string>> Programs(EngineContext engine, Random random)
    {
        var numbers = engine.Parallelize(Enumerable.Range(0, 200).Select(_ => random.Next(50)), 1 + random.Next(5)).Map(number => number + 1);
        var kept = Kept(numbers.Filter(number => number % 7 != 0), random);
        var pairs = kept.Map(number => (number % 11, number));
        var sums = Kept(pairs.ReduceByKey((left, right) => left + right), random);
        var doubled = Kept(sums.MapValues(sum => 2 * sum), random);
        var groups = pairs.GroupByKey().MapValues(values => string.Join(',', values));
        var joined = doubled.Join(pairs).Map(pair => $"{pair.Key} {pair.Values}").Persist();
        yield return () => Text(kept.Union(numbers).Collect());
        yield return () => Text(doubled.Collect());
        yield return () => Text(groups.Collect());
        yield return () => Text(joined.Collect());
        yield return () => Text(joined.Take(20));
        yield return () => Text(doubled.LeftOuterJoin(sums).Collect());
        yield return () => Text(kept.Distinct().Collect());
        yield return () => Text(kept.Repartition(4).MapPartitions<int>(records => [records.Sum()]).Collect());
        yield return () => Text(kept.Subtract(numbers.Filter(number => number > 20)).Collect());
        yield return () => Text(sums.SortByKey(ascending: false).Collect());
        yield return () => Text(kept.Repartition(3).Coalesce(2).Glom().Map(part => part.Length).Collect());
        yield return () => kept.Map(number => (long)number).Reduce((left, right) => left + right).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Rdd<T> Kept<T>(Rdd<T> rdd, Random random) => random.Next(5) switch
    {
        0 => rdd,
        1 => rdd.Persist(),
        2 => rdd.Persist(StorageLevel.MemoryAndDisk),
        3 => rdd.Persist(StorageLevel.MemoryOnlySerialized),
        _ => rdd.Persist(StorageLevel.DiskOnly),
    };

    private static string Text<T>(IEnumerable<T> records) => string.Join('|', records);

    private int Count(int number) => Counted(number, ref _calls);

    private static int Counted(int number, ref int calls)
    {
        Interlocked.Increment(ref calls);
        return number;
    }
}
