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

    [Fact]
    public async Task FaultIsRefused_WhichCanNeverHappen()
    {
        await using var test = new StreamingTest();
        Assert.Throws<ArgumentOutOfRangeException>(() => test.FailTask("Map", attempts: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => test.FailTask("Map", partition: -1));
        Assert.Throws<ArgumentException>(() => test.FailTask(" "));
    }
}
