using CodegenStreaming.Tests.Execution;

namespace CodegenStreaming.Tests.Rdds;

/// <summary>When functions run, and how often.</summary>
public sealed class EvaluationTests : IDisposable
{
    private readonly TestEngine _engine = new(threads: 1);
    private Utf8Slice _stashed;
    private int _calls;

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Nothing_RunsBeforeAnAction() => _engine.Batch(scope =>
    {
        var rdd = _engine.Given(scope, [1, 2], [3]).Map(Counted).Filter(value => Counted(value) > 0);
        var reduced = rdd.KeyBy(value => value).ReduceByKey((left, right) => left + right).Union(rdd.KeyBy(value => value));
        var iterator = reduced.ToLocalIterator();
        Assert.Equal(0, _calls);
        Assert.Equal(6, iterator.Count());
        Assert.Equal(12, _calls);
    });

    [Fact]
    public void ADataSet_IsRecomputedForEachAction_ButBehindAnExchangeKept() => _engine.Batch(scope =>
    {
        var rdd = _engine.Given(scope, [1, 2, 3, 4]).Map(Counted);
        rdd.Count();
        rdd.Count();
        Assert.Equal(8, _calls);
        var exchanged = rdd.Repartition(2);
        exchanged.Count();
        exchanged.Collect();
        Assert.Equal(12, _calls);
    });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    [InlineData(6, 6)]
    [InlineData(100, 9)]
    public void Take_CallsFunctionsForNoMoreThanItNeeds(int count, int calls) => _engine.Batch(scope =>
    {
        Assert.Equal(Math.Min(count, 9), _engine.Given(scope, [1, 2, 3], [], [4, 5, 6], [7, 8, 9]).Map(Counted).Take(count).Length);
        Assert.Equal(calls, _calls);
    });

    [Fact]
    public void First_StopsInsideAFlatMap() => _engine.Batch(scope =>
    {
        Assert.Equal(7, _engine.Given(scope, [], [1, 2], [3]).FlatMap(_ => Endless()).Map(Counted).First());
        Assert.Equal(1, _calls);

        static IEnumerable<int> Endless()
        {
            while (true)
            {
                yield return 7;
            }
        }
    });

    [Fact]
    public void ToLocalIterator_ComputesPartitionAfterPartition() => _engine.Batch(scope =>
    {
        var seen = new List<(int Record, int Calls)>();
        foreach (var record in _engine.Given(scope, [1, 2], [], [3, 4, 5]).Map(Counted).ToLocalIterator())
        {
            seen.Add((record, _calls));
        }

        Assert.Equal([(1, 2), (2, 2), (3, 5), (4, 5), (5, 5)], seen);
    });

    [Fact]
    public void MapPartitions_StopsWhereItsFunctionStopsReading() => _engine.Batch(scope =>
    {
        Assert.Equal([1, 4], _engine.Given(scope, [1, 2, 3], [4, 5]).Map(Counted).MapPartitions(values => values.Take(1)).Collect());
        Assert.Equal(2, _calls);
    });

    [Fact]
    public void ADataSet_IsRefused_AfterItsBatch()
    {
        Rdd<int>? stashed = null;
        _engine.Batch(scope => stashed = _engine.Given(scope, [1]));
        Assert.Contains("over", Assert.Throws<ObjectDisposedException>(() => stashed!.Count()).Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => stashed!.Map(value => value).Collect());
    }

    [Fact]
    public void CollectedText_OutlivesItsBatch()
    {
        (Utf8Slice Word, int Count)[] collected = [];
        _engine.Batch(scope =>
        {
            var text = new CodegenStreaming.Sources.Utf8LineBuffer(_engine.Pool);
            text.WriteLine("a b"u8);
            var input = new CodegenStreaming.Execution.Operators.InputNode<Utf8Slice>("Given");
            scope.SetInput(input, [text.ToBlock()]);
            collected = new Rdd<Utf8Slice>(scope, input, null)
                .FlatMap(line => line.Split(' ')).Map(word => (word, 1)).ReduceByKey((left, right) => left + right, 1).Collect();
        });
        Assert.Equal(["a", "b"], collected.Select(pair => pair.Word.ToString()));
    }

    [Fact]
    public void StashedText_IsRefused_WhereverItWasKept()
    {
        var list = new List<Utf8Slice>();
        Func<string>? closure = null;
        _engine.Batch(scope =>
        {
            var text = new CodegenStreaming.Sources.Utf8LineBuffer(_engine.Pool);
            text.WriteLine("one two"u8);
            text.WriteLine("three"u8);
            var input = new CodegenStreaming.Execution.Operators.InputNode<Utf8Slice>("Given");
            scope.SetInput(input, [text.ToBlock()]);
            new Rdd<Utf8Slice>(scope, input, null).FlatMap(line => line.Split(' ')).Foreach(word =>
            {
                list.Add(word);
                _stashed = word;
                closure = () => word.ToString();
            });
            Assert.Equal("three", _stashed.ToString());
        });

        Assert.Equal(3, list.Count);
        Assert.All(list, word => Assert.Throws<ObjectDisposedException>(() => word.ToArray()));
        Assert.Throws<ObjectDisposedException>(() => _stashed.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => closure!());
        Exception? elsewhere = null;
        var thread = new Thread(() => elsewhere = Record.Exception(() => list[0].GetHashCode()));
        thread.Start();
        thread.Join();
        Assert.IsType<ObjectDisposedException>(elsewhere);
    }

    private int Counted(int value)
    {
        Interlocked.Increment(ref _calls);
        return value;
    }
}
