namespace CodegenStreaming.Tests.Execution;

/// <summary>Where a failure comes from, and what is done about it.</summary>
public sealed class TaskFailureTests
{
    private static readonly int[][] Given = [[1, 2], [3, 4, 13]];

    public static TheoryData<string, string, int> Failures => new()
    {
        { "Map", "Map", 1 },
        { "Filter", "Filter", 1 },
        { "FlatMap", "FlatMap", 1 },
        { "FlatMap while enumerated", "FlatMap", 1 },
        { "FlatMapValues while enumerated", "FlatMapValues", 1 },
        { "MapValues", "MapValues", 1 },
        { "KeyBy", "KeyBy", 1 },
        { "MapPartitions", "MapPartitions", 1 },
        { "MapPartitions while enumerated", "MapPartitions", 1 },
        { "ReduceByKey", "ReduceByKey", 1 },
        { "CombineByKey create", "CombineByKey", 1 },
        { "CombineByKey merge", "CombineByKey", 0 },
        { "Foreach", "Foreach", 1 },
        { "ForeachPartition", "ForeachPartition", 1 },
        { "Reduce", "Reduce", 1 },
        { "before an exchange", "Map", 1 },
        { "before ForeachPartition", "Map", 1 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void AFailure_NamesOperatorPartitionAndBatch(string function, string operatorName, int partition)
    {
        using var engine = new TestEngine();
        engine.Batch(scope =>
        {
            var failure = Assert.Throws<StreamingTaskException>(() => Run(engine.Given(scope, Given), function));
            Assert.Equal((operatorName, partition, (BatchTime?)new BatchTime(1000)), (failure.OperatorName, failure.Partition, failure.BatchTime));
            Assert.Equal("thirteen", Assert.IsType<InvalidDataException>(failure.InnerException).Message);
            Assert.Contains(operatorName, failure.Message, StringComparison.Ordinal);
            Assert.Contains("batch 1000 ms", failure.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("ReduceByKey")]
    [InlineData("Reduce")]
    public void TheLastOperator_IsNamed_WhereItThrewBeforeAnEarlierOneWould(string last)
    {
        using var engine = new TestEngine();
        engine.Batch(scope =>
        {
            var numbers = engine.Given(scope, [1, 2, 3, 13]).Map(Thrown); // Would throw at the fourth number.
            var failure = Assert.Throws<StreamingTaskException>(() => _ = last == "Reduce"
                ? numbers.Reduce((left, right) => right == 3 ? Thrown(13) : left)
                : numbers.Map(number => (1, number)).ReduceByKey((left, right) => right == 3 ? Thrown(13) : left).Count());
            Assert.Equal(last, failure.OperatorName);
        });
    }

    [Fact]
    public void AFailure_BearsTheUsersNameForTheOperator()
    {
        using var engine = new TestEngine();
        engine.Batch(scope =>
        {
            var rdd = engine.Given(scope, Given).Map(Thrown);
            rdd.Node.Name = "prices";
            var failure = Assert.Throws<StreamingTaskException>(() => rdd.Filter(value => value > 0).Count());
            Assert.StartsWith("Map 'prices' failed", failure.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public void ATask_IsTriedAsOftenAsAllowed(int maxFailures, int attempts)
    {
        using var engine = new TestEngine(maxFailures: maxFailures);
        engine.Batch(scope =>
        {
            var calls = 0;
            var failure = Assert.Throws<StreamingTaskException>(() => engine.Given(scope, [1]).Foreach(_ =>
            {
                calls++;
                throw new InvalidDataException("always");
            }));
            Assert.Equal(attempts, calls);
            Assert.Equal(attempts > 1, failure.Message.Contains($"after {attempts} attempts", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void ATaskThatSucceedsInTime_IsNoFailure()
    {
        using var engine = new TestEngine(maxFailures: 3);
        engine.Batch(scope =>
        {
            var failures = 2;
            Assert.Equal([1, 2], engine.Given(scope, [1, 2]).Map(value => value == 2 && failures-- > 0 ? throw new InvalidDataException() : value).Collect());
        });
    }

    [Fact]
    public void Cancellation_IsNotRetried_AndComesOutAsItself()
    {
        using var cancelling = new CancellationTokenSource();
        using var engine = new TestEngine(maxFailures: 5, cancellation: cancelling.Token);
        engine.Batch(scope =>
        {
            var calls = 0;
            Assert.ThrowsAny<OperationCanceledException>(() => engine.Given(scope, [1, 2, 3]).Foreach(_ =>
            {
                calls++;
                cancelling.Cancel();
            }));
            Assert.Equal(1, calls);
            Assert.ThrowsAny<OperationCanceledException>(() => engine.Given(scope, [1]).Count());
        });
    }

    [Fact]
    public void ACancellationOfTheUsers_IsAFailureLikeOthers()
    {
        using var engine = new TestEngine();
        engine.Batch(scope => Assert.IsType<TaskCanceledException>(Assert.Throws<StreamingTaskException>(() =>
            engine.Given(scope, [1]).Map<int>(_ => throw new TaskCanceledException("a request timed out")).Count()).InnerException));
    }

    [Fact]
    public void AnActionInsideARecordFunction_IsRefused_AndNotRetried()
    {
        using var engine = new TestEngine(threads: 1, maxFailures: 3);
        engine.Batch(scope =>
        {
            var other = engine.Given(scope, [1]);
            var calls = 0;
            var failure = Assert.Throws<StreamingTaskException>(() => engine.Given(scope, [1]).Map(_ =>
            {
                calls++;
                return other.Count();
            }).Collect());
            Assert.Equal("Map", failure.OperatorName);
            Assert.Contains("inside a function that runs in a task", failure.Message, StringComparison.Ordinal);
            Assert.InRange(calls, 1, 2); // The call, and its replay that finds the operator.
        });
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void APartitionOutOfRange_IsRefusedWithTheKey(int partition)
    {
        using var engine = new TestEngine();
        engine.Batch(scope =>
        {
            var pairs = engine.Given(scope, [1]).KeyBy(_ => "the key");
            foreach (var action in new Func<object>[]
            {
                () => pairs.ReduceByKey((left, _) => left, new Fixed(3, partition)).Collect(), () => pairs.GroupByKey(new Fixed(3, partition)).Collect(),
            })
            {
                var failure = Assert.Throws<StreamingTaskException>(action);
                Assert.Contains($"gave partition {partition} for the key 'the key'; it has 3", failure.Message, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void APartitionerWithoutPartitions_IsRefused()
    {
        using var engine = new TestEngine();
        engine.Batch(scope => Assert.Contains(
            "at least one",
            Assert.Throws<StreamingException>(() => engine.Given(scope, [1]).KeyBy(_ => "").GroupByKey(new Fixed(0, 0)).Count()).Message,
            StringComparison.Ordinal));
    }

    private static int Thrown(int value) => value == 13 ? throw new InvalidDataException("thirteen") : value;

    private static IEnumerable<int> ThrownLater(int value)
    {
        yield return value;
        yield return Thrown(value);
    }

    private static void Run(Rdd<int> rdd, string function)
    {
        var pairs = rdd.Map(value => (value % 2, value));
        switch (function)
        {
            case "Map": rdd.Filter(_ => true).Map(Thrown).Map(value => value).Collect(); break;
            case "Filter": rdd.Map(value => value).Filter(value => Thrown(value) > 0).Take(100); break;
            case "FlatMap": rdd.FlatMap(value => new[] { Thrown(value) }).Count(); break;
            case "FlatMap while enumerated": rdd.FlatMap(ThrownLater).Map(value => value).Count(); break;
            case "FlatMapValues while enumerated": pairs.FlatMapValues(ThrownLater).Count(); break;
            case "MapValues": pairs.MapValues(Thrown).Count(); break;
            case "KeyBy": rdd.KeyBy(Thrown).Count(); break;
            case "MapPartitions": rdd.MapPartitions(values => values.Select(Thrown).ToArray()).Count(); break;
            case "MapPartitions while enumerated": rdd.MapPartitions(values => values.Select(Thrown)).Count(); break;
            case "ReduceByKey": pairs.ReduceByKey((left, right) => left + Thrown(right)).Count(); break;
            case "CombineByKey create": rdd.Map(value => (value, value)).CombineByKey(Thrown, (left, _) => left, (left, _) => left).Count(); break;
            case "CombineByKey merge": rdd.Map(value => ("key", value)).CombineByKey(_ => 0, (left, _) => left, (_, _) => Thrown(13), 1).Count(); break;
            case "Foreach": rdd.Map(value => value).Foreach(value => Thrown(value)); break;
            case "ForeachPartition": rdd.Map(value => value).ForeachPartition(values => _ = values.Sum(Thrown)); break;
            case "Reduce": rdd.Map(value => value).Reduce((left, right) => left + Thrown(right)); break;
            case "before an exchange": rdd.Map(Thrown).Repartition(2).Map(value => value).Count(); break;
            case "before ForeachPartition": rdd.Map(Thrown).ForeachPartition(values => _ = values.Sum()); break;
            default: throw new ArgumentOutOfRangeException(nameof(function));
        }
    }

    private sealed class Fixed(int count, int partition) : IPartitioner<string>
    {
        public int PartitionCount => count;

        public int PartitionOf(string key) => partition;
    }
}
