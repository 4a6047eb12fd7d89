using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming.Tests.Execution;

/// <summary>A batch like the one before allocates next to nothing, however many records it has.</summary>
public sealed class SteadyStateTests : IDisposable
{
    private const int Records = 1_000_000;
    private const int Limit = 64 * 1024;
    private const int Batches = 6;

    private readonly TestEngine _engine = new(threads: 1, defaultParallelism: 2);
    private readonly StreamingContext _context = new(new StreamingOptions());
    private readonly InputNode<int> _input = new("Given");
    private readonly int[] _records = [.. Enumerable.Range(0, Records / 2)];
    private readonly DStream<int> _stream;

    public SteadyStateTests() => _stream = _context.AddOperator(_input);

    public void Dispose()
    {
        _engine.Dispose();
        _context.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    [Fact]
    public void ReduceByKey() => Check(_stream.Map(value => (value % 10_000, 1L)).ReduceByKey((left, right) => left + right));

    [Fact]
    public void ReduceByKey_OnePartition() => Check(_stream.Map(value => (value % 10_000, 1L)).ReduceByKey((left, right) => left + right, 1));

    [Fact]
    public void CountByValue_OfStrings()
    {
        var words = Enumerable.Range(0, 1000).Select(number => $"word{number}").ToArray();
        Check(_stream.Map(value => words[value % words.Length]).CountByValue());
    }

    [Fact]
    public void Repartition() => Check(_stream.Filter(value => value % 2 == 0).Repartition(3));

    [Fact]
    public void AStreamWithSeveralReaders()
    {
        var shared = _stream.Map(value => (long)value);
        Check(shared.Filter(value => value % 3 == 0).Union(shared).Count());
    }

    [Fact]
    public void Reduce() => Check(_stream.Map(value => (long)value).Reduce((left, right) => left + right));

    private void Check<T>(DStream<T> stream)
    {
        // The least of several batches: a collection in between empties the pools.
        var least = long.MaxValue;
        for (var batch = 0; batch < Batches; batch++)
        {
            var before = Allocated();
            _engine.Batch(scope =>
            {
                _engine.Give(scope, _input, _records, _records);
                stream.Node.Prepare(scope);
            });
            least = Math.Min(least, Allocated() - before);
        }

        Assert.InRange(least, 1, Limit);
    }

    /// <summary>What this thread and the only task thread have allocated.</summary>
    private long Allocated() =>
        _engine.Services.Tasks.Run(_engine.NewScope(), _input, 1, static _ => GC.GetAllocatedBytesForCurrentThread(), static _ => { })[0]
        + GC.GetAllocatedBytesForCurrentThread();
}
