namespace CodegenStreaming.Tests.Sources.Direct;

/// <summary>A source whose partitions hold texts; a test adds to them, and makes it fail.</summary>
internal sealed class ScriptedSource : DirectSource<string, long>
{
    private readonly SortedDictionary<string, List<string>> _partitions = new(StringComparer.Ordinal);
    private int _reads;

    /// <summary>How often a range was read.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public bool KnowsCounts { get; set; } = true;

    public Exception? PlanFailure { get; set; }

    public Func<DirectRange<long>, DirectRange<long>> Change { get; set; } = static range => range;

    public Func<CancellationToken, Task> OnStart { get; set; } = static _ => Task.CompletedTask;

    public List<IReadOnlyDictionary<string, long>> Commits { get; } = [];

    public int Stops { get; private set; }

    public void Add(string partition, params string[] records)
    {
        if (!_partitions.TryGetValue(partition, out var list))
        {
            _partitions.Add(partition, list = []);
        }

        list.AddRange(records);
    }

    public override Task StartAsync(CancellationToken cancellationToken) => OnStart(cancellationToken);

    public override Task StopAsync()
    {
        Stops++;
        return Task.CompletedTask;
    }

    public override IReadOnlyList<DirectRange<long>> Plan(IReadOnlyDictionary<string, long> positions) => PlanFailure is { } failure
        ? throw failure
        : [.. _partitions.Select(pair => Change(RangeOf(pair.Key, positions.GetValueOrDefault(pair.Key), pair.Value.Count)))];

    public override DirectRange<long> Limit(DirectRange<long> range, long records) =>
        Change(RangeOf(range.Partition, range.From, range.From + Math.Min(records, range.Until - range.From)));

    public override IEnumerable<string> Read(DirectRange<long> range, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        return _partitions[range.Partition].Skip((int)range.From).Take((int)(range.Until - range.From));
    }

    public override void Commit(IReadOnlyDictionary<string, long> positions) => Commits.Add(positions);

    private DirectRange<long> RangeOf(string name, long from, long until) => new(name, from, until, KnowsCounts ? until - from : null);
}
