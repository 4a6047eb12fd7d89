namespace CodegenStreaming.Tests.Rdds;

/// <summary>Lineage as text.</summary>
public sealed class ToDebugStringTests : IDisposable
{
    private readonly EngineContext _engine = new(master: "local[2]", defaultParallelism: 3);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Chain_IsOneStage() => AssertLineage(
        """
        (2) Filter
         |  Map
         |  Parallelize
        """,
        Numbers(2).Map(number => number + 1).Filter(number => number > 1));

    [Fact]
    public void Exchange_IsIndented() => AssertLineage(
        """
        (3) MapValues
         |  ReduceByKey
         +-(12) Map
            |   Repartition
            +-(2) Map
               |  Parallelize
        """,
        Numbers(2).Map(number => number).Repartition(12).Map(number => (number, 1)).ReduceByKey((left, right) => left + right).MapValues(sum => sum));

    [Fact]
    public void BothSides_StandBelowAJoin()
    {
        var left = Numbers(2).KeyBy(number => number);
        var right = Numbers(1).KeyBy(number => number);
        AssertLineage(
            """
            (4) Join
             +-(2) KeyBy
             |  |  Parallelize
             +-(1) KeyBy
                |  Parallelize
            """,
            left.Join(right, 4));
        AssertLineage(
            """
            (3) Union
             |  KeyBy
             |  Parallelize
             |  KeyBy
             |  Parallelize
            """,
            left.Union(right));
    }

    [Fact]
    public void SidePartitionedAlike_IsOfTheSameStage()
    {
        var pairs = Numbers(2).KeyBy(number => number).PartitionBy(new HashPartitioner<int>(5));
        AssertLineage(
            """
            (5) Join
             |  PartitionBy
             +-(2) KeyBy
                |  Parallelize
             +-(1) KeyBy
                |  Parallelize
            """,
            pairs.Join(Numbers(1).KeyBy(number => number)));
        AssertLineage(
            """
            (5) GroupByKey
             |  PartitionBy
             +-(2) KeyBy
                |  Parallelize
            """,
            pairs.GroupByKey());
    }

    [Fact]
    public void Levels_AreNamed()
    {
        var kept = Numbers(3).Map(number => number + 1).Persist();
        AssertLineage(
            """
            (2) Distinct
             +-(3) Map [MemoryOnly, 0 kept: 0 bytes in memory, 0 on disk]
                |  Parallelize
            """,
            kept.Distinct(2));
        kept.First();
        AssertLineage(
            """
            (3) Map [MemoryOnly, 1 kept: 12 bytes in memory, 0 on disk]
             |  Parallelize
            """,
            kept);
        AssertLineage(
            """
            (3) Map
             |  Parallelize
            """,
            kept.Unpersist());
    }

    [Fact]
    public void NothingIsComputed()
    {
        var calls = 0;
        var sorted = Numbers(2).Map(number => ++calls).SortBy(number => number);
        sorted.ToDebugString();
        Assert.Equal(0, calls);
    }

    [Fact]
    public void Batches_HaveThemToo()
    {
        using var engine = new Execution.TestEngine();
        engine.Batch(scope =>
        {
            var words = engine.Given(scope, [1, 2], [3]).Map(number => number).Persist(StorageLevel.MemoryAndDisk);
            AssertLineage(
                """
                (2) Map [MemoryAndDisk, 0 kept: 0 bytes in memory, 0 on disk]
                 |  Given
                """,
                words);
        });
    }

    private Rdd<int> Numbers(int partitions) => _engine.Parallelize(Enumerable.Range(0, 9), partitions);

    private static void AssertLineage<T>(string expected, Rdd<T> rdd) => Assert.Equal(expected.ReplaceLineEndings("\n"), rdd.ToDebugString());
}
