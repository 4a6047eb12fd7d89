namespace CodegenStreaming.Tests.Execution;

/// <summary>A function that throws at its n-th call, for every n: nothing stays out of the pool, and a retry gives the exact result.</summary>
public sealed class FailureMemoryTests
{
    private const int Records = 12;

    public static TheoryData<string> Chains =>
    [
        "Collect", "ReduceByKey", "ReduceByKeySinglePartition", "GroupByKey", "CombineByKey", "Repartition", "MapPartitions", "Glom", "CountByValue", "Partitioner",
        "ToLocalIterator", "Foreach", "Take", "Reduce", "Union",
    ];

    [Theory]
    [MemberData(nameof(Chains))]
    public void EveryCall_MayThrow(string chain)
    {
        for (var threads = 1; threads <= 2; threads++)
        {
            using var engine = new TestEngine(threads);
            var calls = Calls(engine, chain);
            Assert.InRange(calls, Records, 10 * Records);
            for (var failing = 1; failing <= calls; failing++)
            {
                var failure = new FailingCall(failing, times: int.MaxValue);
                engine.Batch(scope =>
                    Assert.IsType<TimeoutException>(Assert.Throws<StreamingTaskException>(() => Run(engine.Given(scope, Given()), chain, failure)).InnerException));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void EveryCall_MayThrowOnce_AndTheRetryIsExact(string chain)
    {
        using var engine = new TestEngine(threads: 1, maxFailures: 2);
        var expected = "";
        engine.Batch(scope => expected = Run(engine.Given(scope, Given()), chain, new FailingCall(int.MaxValue)));
        var calls = Calls(engine, chain);
        for (var failing = 1; failing <= calls; failing++)
        {
            var failure = new FailingCall(failing);
            engine.Batch(scope => Assert.Equal(expected, Run(engine.Given(scope, Given()), chain, failure)));
        }
    }

    [Fact]
    public void AnAbandonedIterator_LeavesNothingBehind()
    {
        using var engine = new TestEngine();
        engine.Batch(scope =>
        {
            var iterator = engine.Given(scope, Given()).ToLocalIterator().GetEnumerator();
            Assert.True(iterator.MoveNext());
        });
    }

    [Fact]
    public void ACancelledBatch_LeavesNothingBehind()
    {
        using var cancelling = new CancellationTokenSource();
        using var engine = new TestEngine(cancellation: cancelling.Token);
        engine.Batch(scope =>
        {
            var rdd = engine.Given(scope, Given()).Map(value =>
            {
                cancelling.Cancel();
                return value;
            });
            Assert.ThrowsAny<OperationCanceledException>(() => rdd.Repartition(2).Collect());
        });
    }

    private static int Calls(TestEngine engine, string chain)
    {
        var counter = new FailingCall(int.MaxValue);
        engine.Batch(scope => Run(engine.Given(scope, Given()), chain, counter));
        return counter.Calls;
    }

    private static int[][] Given() => [[.. Enumerable.Range(0, 5)], [.. Enumerable.Range(5, 4)], [], [.. Enumerable.Range(9, 3)]];

    private static string Run(Rdd<int> rdd, string chain, FailingCall function)
    {
        var pairs = rdd.Map(value => (value % 4, function.Call(value)));
        return chain switch
        {
            "Collect" => Text(rdd.Map(function.Call).Filter(value => function.Call(value) % 3 > 0).FlatMap(value => Twice(value, function)).Collect()),
            "ReduceByKey" => Text(pairs.ReduceByKey((left, right) => function.Call(left) + right).Collect()),
            "ReduceByKeySinglePartition" => Text(pairs.ReduceByKey((left, right) => function.Call(left) + right, 1).Collect()),
            "GroupByKey" => Text(pairs.GroupByKey(2).Map(pair => (pair.Key, function.Call(pair.Values.Sum()))).Collect()),
            "CombineByKey" => Text(pairs.CombineByKey(value => (long)function.Call(value), (sum, value) => sum + function.Call(value), (left, right) => left + function.Call((int)right)).Collect()),
            "Repartition" => Text(rdd.Map(function.Call).Repartition(3).Map(function.Call).Collect()),
            "MapPartitions" => Text(rdd.MapPartitions(values => values.Select(function.Call)).Repartition(2).Collect()),
            "Glom" => Text(rdd.Map(function.Call).Glom().Map(values => function.Call(values.Length)).Collect()),
            "CountByValue" => Text(rdd.Map(value => function.Call(value) % 3).CountByValue()),
            "Partitioner" => Text(pairs.ReduceByKey((left, right) => left + right, new CallingPartitioner(function)).Collect()),
            "ToLocalIterator" => Text(rdd.Map(function.Call).ToLocalIterator()),
            "Foreach" => Sum(action => rdd.Foreach(value => action(function.Call(value)))),
            "Take" => Text(rdd.Map(function.Call).Take(Records)),
            "Reduce" => Text([rdd.Map(function.Call).Reduce((left, right) => function.Call(left) + right)]),
            "Union" => Text(rdd.Map(function.Call).Union(rdd.Repartition(2).Map(function.Call)).Collect()),
            _ => throw new ArgumentOutOfRangeException(nameof(chain), chain, null),
        };
    }

    private static string Text<T>(IEnumerable<T> records) => string.Join(' ', records);

    /// <summary>An action has happened as often as it was called: a retried task repeats it, so the sum is left out.</summary>
    private static string Sum(Action<Action<int>> run)
    {
        var sum = 0;
        run(value => Interlocked.Add(ref sum, value));
        return sum >= Records * (Records - 1) / 2 ? "complete" : $"{sum}";
    }

    private static IEnumerable<int> Twice(int value, FailingCall function)
    {
        yield return value;
        yield return function.Call(value);
    }

    private sealed class CallingPartitioner(FailingCall function) : IPartitioner<int>
    {
        public int PartitionCount => 3;

        public int PartitionOf(int key) => function.Call(key) % 3;
    }

    private sealed class FailingCall(int failing, int times = 1)
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public int Call(int value)
        {
            var call = Interlocked.Increment(ref _calls);
            return call >= failing && call - failing < times ? throw new TimeoutException($"call {call}") : value;
        }
    }
}
