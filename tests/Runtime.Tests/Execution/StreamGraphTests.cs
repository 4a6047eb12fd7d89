using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming.Tests.Execution;

/// <summary>Operators of streams, evaluated batch after batch without a running context.</summary>
public sealed class StreamGraphTests : IDisposable
{
    private readonly TestEngine _engine = new(threads: 2);
    private readonly StreamingContext _context = new(new StreamingOptions());
    private readonly InputNode<int> _input = new("Given");
    private readonly DStream<int> _stream;
    private int _calls;

    public StreamGraphTests() => _stream = _context.AddOperator(_input);

    public void Dispose()
    {
        _engine.Dispose();
        _context.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    [Fact]
    public void StreamOperators_EqualLinq_OnRandomBatches()
    {
        var pairs = _stream.KeyBy(value => value % 5);
        var total = _stream.Count();
        var sum = _stream.Reduce((left, right) => left + right);
        var chain = _stream.Map(value => value + 1).Filter(value => value % 2 == 0).FlatMap(value => Enumerable.Repeat(value, value % 3));
        var values = pairs.MapValues(value => -value).FlatMapValues(value => new[] { value, 0 });
        var byValue = _stream.CountByValue();
        var reduced = pairs.ReduceByKey(Math.Max, 2);
        var grouped = pairs.GroupByKey(2).MapValues(group => group.Count);
        var combined = pairs.CombineByKey(value => (long)value, (left, right) => left + right, (left, right) => left + right, 2);
        var union = _stream.Union(_stream.Map(value => -value));
        var glom = _stream.Glom();
        var firsts = _stream.MapPartitions(part => part.Take(1));
        var five = _stream.Repartition(5);

        Randomly.Test(40, random =>
        {
            var counts = new[] { 0, 1, 2, 7 };
            var parts = Enumerable.Range(0, counts[random.Next(4)])
                .Select(_ => Enumerable.Range(0, random.Next(30)).Select(_ => random.Next(40)).ToArray()).ToArray();
            var all = parts.SelectMany(part => part).ToArray();
            _engine.Batch(scope =>
            {
                _engine.Give(scope, _input, parts);
                Assert.Equal([all.LongLength], Read(scope, total));
                Assert.Equal(all.Length == 0 ? [] : [all.Sum()], Read(scope, sum));
                Assert.Equal(all.Select(value => value + 1).Where(value => value % 2 == 0).SelectMany(value => Enumerable.Repeat(value, value % 3)), Read(scope, chain));
                Assert.Equal(all.SelectMany(value => new[] { (value % 5, -value), (value % 5, 0) }), Read(scope, values));
                Assert.Equal(all.CountBy(value => value).Select(pair => (pair.Key, (long)pair.Value)).Order(), Read(scope, byValue).Order());
                Assert.Equal(all.GroupBy(value => value % 5).Select(group => (group.Key, group.Max())).Order(), Read(scope, reduced).Order());
                Assert.Equal(all.GroupBy(value => value % 5).Select(group => (group.Key, group.Count())).Order(), Read(scope, grouped).Order());
                Assert.Equal(all.GroupBy(value => value % 5).Select(group => (group.Key, (long)group.Sum())).Order(), Read(scope, combined).Order());
                Assert.Equal(all.Concat(all.Select(value => -value)), Read(scope, union));
                Assert.Equal(2 * parts.Length, new Rdd<int>(scope, union.Node, null).PartitionCount);
                Assert.Equal(parts, Read(scope, glom));
                Assert.Equal(parts.SelectMany(part => part.Take(1)), Read(scope, firsts));
                Assert.Equal(all.Order(), Read(scope, five).Order());
                Assert.Equal(5, new Rdd<int>(scope, five.Node, null).PartitionCount);
            });
        });
    }

    [Fact]
    public void AStreamWithOneReader_IsNotKept_AndOneWithSeveralIsComputedOnce()
    {
        var shared = _stream.Map(Counted);
        var (left, right) = (shared.Map(value => value * 2), shared.Filter(value => value > 1));
        var single = _stream.Map(Counted);
        var only = single.Map(value => value);
        Batch([1, 2, 3], scope =>
        {
            Assert.Equal([2, 4, 6], Read(scope, left));
            Assert.Equal([2, 3], Read(scope, right));
            Assert.Equal([2, 3], Read(scope, right));
            Assert.Equal(3, _calls);
            Read(scope, only);
            Read(scope, only);
            Assert.Equal(9, _calls);
        });
        Batch([4], scope => Assert.Equal([8], Read(scope, left)));
        Assert.Equal(10, _calls);
    }

    [Fact]
    public void Transform_IsEvaluatedOncePerBatch_AndGivenItsTime()
    {
        var times = new List<BatchTime>();
        var transformed = _stream.Map(Counted).Transform((rdd, time) =>
        {
            times.Add(time);
            return rdd.Union(rdd.Map(value => value * 10));
        });
        var readers = (transformed.Map(value => value), transformed.Filter(_ => true));
        Batch([1, 2], scope =>
        {
            Assert.Equal([1, 2, 10, 20], Read(scope, readers.Item1));
            Assert.Equal([1, 2, 10, 20], Read(scope, readers.Item2));
        });
        Batch([3], scope => Assert.Equal([3, 30], Read(scope, readers.Item1)));
        Assert.Equal([new BatchTime(1000), new BatchTime(1000)], times);
        Assert.Equal(3, _calls);
    }

    [Fact]
    public void Transform_MayDifferFromBatchToBatch_InPartitionsToo()
    {
        var batch = 0;
        var transformed = _stream.Transform(rdd => ++batch % 2 == 0 ? rdd.Repartition(4) : rdd.Map(value => -value));
        Batch([1, 2], scope => Assert.Equal([-1, -2], Read(scope, transformed)));
        Batch([1, 2], scope =>
        {
            Assert.Equal([1, 2], Read(scope, transformed).Order());
            Assert.Equal(4, new Rdd<int>(scope, transformed.Node, null).PartitionCount);
        });
    }

    [Fact]
    public void TransformWith_SeesBothStreams()
    {
        var joined = _stream.TransformWith(
            _stream.Map(value => $"<{value}>"),
            (numbers, texts, time) => texts.Union(numbers.Map(value => $"{value} at {time}")));
        Batch([1, 2], scope => Assert.Equal(["<1>", "<2>", "1 at 1000 ms", "2 at 1000 ms"], Read(scope, joined)));
    }

    [Fact]
    public void TransformOfManyStreams_SeesThemInTheirOrder()
    {
        DStream<int>[] streams = [_stream.Map(value => value * 10), _stream, _stream.Filter(value => value > 1)];
        var transformed = _context.Transform(streams, (rdds, time) => rdds[0].Union(rdds[2]).Map(value => $"{value} of {rdds.Count} at {time}"));
        Batch([1, 2], scope => Assert.Equal(["10 of 3 at 1000 ms", "20 of 3 at 1000 ms", "2 of 3 at 1000 ms"], Read(scope, transformed)));
    }

    [Fact]
    public async Task Statement70_TransformOfManyStreams_NeedsStreams_OfItsContext()
    {
        Assert.Contains(
            "at least one stream",
            Assert.Throws<ArgumentException>(() => _context.Transform(Array.Empty<DStream<int>>(), (rdds, _) => rdds[0])).Message,
            StringComparison.Ordinal);
        await using var other = new StreamingContext(new StreamingOptions());
        Assert.Throws<ArgumentException>(() => other.Transform([_stream], (rdds, _) => rdds[0]));
    }

    [Fact]
    public void Statement63_ATransformThatReturnsNull_IsToldWhatToReturn()
    {
        var transformed = _stream.Transform(_ => (Rdd<int>)null!);
        var with = _stream.TransformWith(_stream, (_, _, _) => (Rdd<int>)null!);
        var many = _context.Transform([_stream], (_, _) => (Rdd<int>)null!);
        Batch([1], scope =>
        {
            Assert.Contains("Return an empty data set", Assert.Throws<StreamingException>(() => Read(scope, transformed)).Message, StringComparison.Ordinal);
            Assert.Contains("Return an empty data set", Assert.Throws<StreamingException>(() => Read(scope, with)).Message, StringComparison.Ordinal);
            Assert.Contains("Return an empty data set", Assert.Throws<StreamingException>(() => Read(scope, many)).Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void AFailedSharedStream_LeavesNothingBehind_AndFailsForEachReader()
    {
        var shared = _stream.Map(value => value == 2 ? throw new InvalidDataException() : value);
        var (left, right) = (shared.Map(value => value), shared.Map(value => value));
        Batch([1, 2, 3], scope =>
        {
            Assert.Throws<StreamingTaskException>(() => Read(scope, left));
            Assert.Throws<StreamingTaskException>(() => Read(scope, right));
        });
    }

    [Fact]
    public void AFailure_BearsTheOperatorsIdAndName()
    {
        var named = _stream.Map(value => value / 0).Named("ratio");
        Batch([1], scope =>
        {
            var failure = Assert.Throws<StreamingTaskException>(() => Read(scope, named.Filter(_ => true)));
            Assert.Equal((named.Node.Id, "Map"), (failure.OperatorId, failure.OperatorName));
            Assert.Contains("'ratio'", failure.Message, StringComparison.Ordinal);
        });
    }

    private static T[] Read<T>(EvaluationScope scope, DStream<T> stream) => new Rdd<T>(scope, stream.Node, null).Collect();

    private void Batch(int[] records, Action<EvaluationScope> batch) => _engine.Batch(scope =>
    {
        _engine.Give(scope, _input, records);
        batch(scope);
    });

    private int Counted(int value)
    {
        Interlocked.Increment(ref _calls);
        return value;
    }
}
