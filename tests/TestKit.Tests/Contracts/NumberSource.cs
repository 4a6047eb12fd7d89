using System.Collections.Concurrent;

namespace CodegenStreaming.TestKit.Tests.Contracts;

/// <summary>What a source reads: lists of numbers that only grow, as a broker keeps them.</summary>
internal sealed class NumberLog
{
    private readonly ConcurrentDictionary<string, List<int>> _partitions = new();
    private int _next;

    public IReadOnlyList<int> Add(int count, int partitions = 3)
    {
        var added = new List<int>();
        for (var index = 0; index < count; index++)
        {
            var partition = _partitions.GetOrAdd($"p{_next % partitions}", static _ => []);
            lock (partition)
            {
                partition.Add(_next);
            }

            added.Add(_next++);
        }

        return added;
    }

    public IEnumerable<string> Partitions => _partitions.Keys.Order(StringComparer.Ordinal);

    public long CountOf(string partition)
    {
        lock (_partitions[partition])
        {
            return _partitions[partition].Count;
        }
    }

    public int[] Read(string partition, long from, long until)
    {
        lock (_partitions[partition])
        {
            return [.. _partitions[partition].Skip((int)from).Take((int)(until - from))];
        }
    }
}

/// <summary>A source as it should be.</summary>
internal class NumberSource(NumberLog log) : DirectSource<int, long>
{
    public override IReadOnlyList<DirectRange<long>> Plan(IReadOnlyDictionary<string, long> positions) =>
        [.. log.Partitions.Select(name => RangeOf(name, positions.GetValueOrDefault(name), log.CountOf(name)))];

    public override DirectRange<long> Limit(DirectRange<long> range, long records) =>
        RangeOf(range.Partition, range.From, range.From + Math.Min(records, range.Until - range.From));

    public override IEnumerable<int> Read(DirectRange<long> range, CancellationToken cancellationToken) => log.Read(range.Partition, range.From, range.Until);

    protected static DirectRange<long> RangeOf(string name, long from, long until) => new(name, from, until, until - from);
}
