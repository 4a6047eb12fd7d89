namespace CodegenStreaming.TestKit.Tests;

/// <summary>Tasks that a test makes fail.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task FailedAttempts_AreRetried_AndTheBatchIsRight()
    {
        await using var test = new StreamingTest(new WordCount(), new StreamingTestOptions { Streaming = { MaxTaskFailures = 3 } });
        var (lines, counts) = (test.Source<string>(), test.Capture<(string, int)>());
        var fault = test.FailTask("Map", partition: 1, attempts: 2);
        lines.Add("a b");
        lines.Add("b");

        await test.AdvanceAsync();

        counts.Expect(("a", 1), ("b", 2));
        Assert.Equal(2, fault.Failures);
    }

    [Theory]
    [InlineData("Map", "Map")]
    [InlineData("words", "Map")]
    [InlineData("FlatMap", "FlatMap")]
    [InlineData("ReduceByKey", "ReduceByKey")]
    public async Task TaskThatFailsTooOften_FailsItsBatch_InTheOperatorNamed(string named, string blamed)
    {
        await using var test = new StreamingTest(new WordCount(), new StreamingTestOptions { Streaming = { MaxTaskFailures = 2 } });
        var (lines, counts) = (test.Source<string>(), test.Capture<(string, int)>());
        var fault = test.FailTask(named, partition: 0, attempts: int.MaxValue);
        lines.Add("a");

        var failure = await test.ExpectFailureAsync(named);

        Assert.Equal(2, fault.Failures);
        Assert.Equal(("'counts' (Print)", blamed), (failure.Place, failure.OperatorName));
        var thrown = Assert.IsType<StreamingTaskException>(failure.Exception);
        Assert.Equal((0, blamed, test.BatchTimeOf(1)), (thrown.Partition, thrown.OperatorName, thrown.BatchTime));
        Assert.EndsWith("WordCount.cs", thrown.SourceFile, StringComparison.Ordinal);
        Assert.Equal($"The test made {named} fail: partition 0, attempt 2.", Assert.IsType<InjectedFaultException>(thrown.InnerException).Message);
        Failing.AssertReport(
            $"There are no records of 'counts' (Print) in batch 1 (1000000001000 ms), in which 'counts' (Print) failed: {thrown.Message}",
            () => counts.Expect());
    }

    [Fact]
    public async Task Fault_IsForOneBatch()
    {
        await using var test = new StreamingTest(new WordCount());
        var (lines, counts) = (test.Source<string>(), test.Capture<(string, int)>());
        test.FailTask("ReduceByKey", attempts: int.MaxValue, exception: new IOException("disk full"));
        await test.AdvanceAsync(); // Without records there are no tasks.
        lines.Add("a");
        Assert.Equal("disk full", (await test.ExpectFailureAsync()).Exception.InnerException!.Message);

        lines.Add("b");
        await test.AdvanceAsync();

        counts.Expect(("b", 1));
    }

    [Fact]
    public async Task PartitionThatIsNotThere_DoesNotFail()
    {
        await using var test = new StreamingTest(new WordCount());
        var (lines, counts) = (test.Source<string>(), test.Capture<(string, int)>());
        var fault = test.FailTask("Map", partition: 1);
        lines.Add("a b c d e f"); // One partition before the exchange, two behind it.

        await test.AdvanceAsync();

        Assert.Equal(0, fault.Failures);
        Assert.Equal(6, counts.Latest.Records.Count);
    }

    [Theory]
    [InlineData(false, new[] { 1, 2 })]
    [InlineData(true, new[] { 1, 2, 1, 2 })]
    public async Task TaskThatFailsAfterItsWork_HasDoneIt(bool afterWork, int[] written)
    {
        var rows = new List<int>();
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { MaxTaskFailures = 2 } });
        var numbers = test.AddSource<int>();
        numbers.Stream.ForeachRdd(rdd => rdd.Foreach(rows.Add));
        var fault = test.FailTask("Foreach", afterWork: afterWork);
        numbers.Add(1, 2);

        await test.AdvanceAsync();

        Assert.Equal(written, rows);
        Assert.Equal(1, fault.Failures);
    }

    [Fact]
    public async Task OperatorsInsideABatch_FailToo()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        numbers.Stream.Transform(rdd => rdd.Filter(number => number > 0)).Map(number => 2 * number).Print();
        numbers.Stream.ForeachRdd(rdd => rdd.MapPartitions(records => records).Collect());

        foreach (var name in new[] { "Filter", "MapPartitions", "Collect", "Print" })
        {
            test.FailTask(name);
            numbers.Add(1);
            Assert.Equal(name, (await test.ExpectFailureAsync(name)).OperatorName);
        }
    }

    [Fact]
    public async Task ExchangesBehindOtherOperators_FailWhereTheyAreComputed()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var pairs = numbers.Stream.KeyBy(number => number % 2);
        pairs.GroupByKey().Print().Named("groups");
        pairs.MapValues(number => number).Join(pairs.Filter(_ => true)).Print().Named("joined");
        foreach (var (name, place) in new[] { ("KeyBy", "groups"), ("GroupByKey", "groups"), ("MapValues", "joined"), ("Filter", "joined"), ("Join", "joined") })
        {
            var fault = test.FailTask(name);
            numbers.Add(1, 2);
            Assert.Equal($"'{place}' (Print)", (await test.ExpectFailureAsync(name)).Place);
            Assert.InRange(fault.Failures, 1, 2); // A failure of what both read fails both.
        }
    }

    [Theory]
    [InlineData("GroupByKey")]
    [InlineData("ReduceByKey")]
    [InlineData("AggregateByKey")]
    [InlineData("Distinct")]
    [InlineData("SortByKey")]
    [InlineData("Repartition")]
    [InlineData("PartitionBy")]
    [InlineData("Cogroup")]
    [InlineData("SubtractByKey")]
    [InlineData("Union")]
    [InlineData("Coalesce")]
    [InlineData("Count")]
    [InlineData("Reduce")]
    [InlineData("Foreach")]
    [InlineData("ForeachPartition")]
    [InlineData("SaveAsTextFile")]
    public async Task OperatorBeforeWhateverEndsAStage_FailsThere(string end)
    {
        var folder = Directory.CreateTempSubdirectory("faults");
        try
        {
            await using var test = new StreamingTest();
            var numbers = test.AddSource<int>();
            numbers.Stream.ForeachRdd(rdd => Run(end, rdd.Map(number => (number, 1)), folder));
            foreach (var afterWork in new[] { false, true })
            {
                var fault = test.FailTask("Map", partition: 1, afterWork: afterWork);
                numbers.Add(1, 2);
                numbers.Add(3);
                Assert.Equal("Map", (await test.ExpectFailureAsync()).OperatorName);
                Assert.Equal(1, fault.Failures);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task FaultIsRefused_WhichCanNeverHappen()
    {
        await using var test = new StreamingTest();
        Assert.Throws<ArgumentOutOfRangeException>(() => test.FailTask("Map", attempts: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => test.FailTask("Map", partition: -1));
        Assert.Throws<ArgumentException>(() => test.FailTask(" "));
    }

    private static void Run(string end, Rdd<(int, int)> pairs, DirectoryInfo folder)
    {
        switch (end)
        {
            case "GroupByKey": pairs.GroupByKey().Count(); break;
            case "ReduceByKey": pairs.ReduceByKey((a, b) => a + b).Count(); break;
            case "AggregateByKey": pairs.AggregateByKey(0, (a, b) => a + b, (a, b) => a + b).Count(); break;
            case "Distinct": pairs.Distinct().Count(); break;
            case "SortByKey": pairs.SortByKey().Count(); break;
            case "Repartition": pairs.Repartition(2).Count(); break;
            case "PartitionBy": pairs.PartitionBy(new HashPartitioner<int>(2)).Count(); break;
            case "Cogroup": pairs.Cogroup(pairs.Filter(_ => false)).Count(); break;
            case "SubtractByKey": pairs.SubtractByKey(pairs.Filter(_ => false)).Count(); break;
            case "Union": pairs.Union(pairs).Count(); break;
            case "Coalesce": pairs.Coalesce(2).Count(); break;
            case "Count": pairs.Count(); break;
            case "Reduce": pairs.Reduce((a, _) => a); break;
            case "Foreach": pairs.Foreach(_ => { }); break;
            case "ForeachPartition": pairs.ForeachPartition(records => Assert.NotEmpty(records)); break;
            case "SaveAsTextFile": pairs.SaveAsTextFile(Path.Combine(folder.FullName, "pairs")); break;
            default: throw new ArgumentOutOfRangeException(nameof(end), end, null);
        }
    }
}
