namespace CodegenStreaming.Sources;

/// <summary>Where a source has been read to, and what the next batch reads of it. Used by the batch clock.</summary>
internal sealed class DirectPlanner<T, TPosition>(DirectSource<T, TPosition> source)
{
    private readonly Dictionary<string, TPosition> _positions = [];

    /// <summary>Where the next range of each partition begins.</summary>
    public IReadOnlyDictionary<string, TPosition> Positions => _positions;

    /// <summary>Forgets where it was.</summary>
    public void GoTo(IEnumerable<KeyValuePair<string, TPosition>> positions)
    {
        _positions.Clear();
        foreach (var (partition, position) in positions)
        {
            _positions.Add(partition, position);
        }
    }

    /// <summary>What is to be read next; positions lie behind it from now on. Where it throws, nothing has changed.</summary>
    /// <returns>The ranges, among them empty ones by which partitions begin.</returns>
    public DirectRange<TPosition>[] Plan(DirectLimits limits)
    {
        var ranges = source.Plan(_positions) ?? throw Fault("its plan is null");
        var taken = new List<DirectRange<TPosition>>(ranges.Count);
        var seen = new HashSet<string>();
        foreach (var range in ranges)
        {
            Check(range, seen);
            if (!range.IsEmpty || !_positions.ContainsKey(range.Partition))
            {
                taken.Add(range);
            }
        }

        if (!limits.AreNone)
        {
            Cut(taken, limits);
        }

        foreach (var range in taken)
        {
            _positions[range.Partition] = range.Until;
        }

        return [.. taken];
    }

    /// <summary>
    /// A batch of an earlier run gets what it had. Positions go on from there, unless they were those of a later batch already: then they lie elsewhere than
    /// where its ranges begin.
    /// </summary>
    public void Repeat(IEnumerable<DirectRange<TPosition>> ranges)
    {
        foreach (var range in ranges)
        {
            if (!_positions.TryGetValue(range.Partition, out var position) || Equal(position, range.From))
            {
                _positions[range.Partition] = range.Until;
            }
        }
    }

    private void Check(DirectRange<TPosition> range, HashSet<string> seen)
    {
        if (range?.Partition is null)
        {
            throw Fault("its plan has a range without a partition");
        }

        if (!seen.Add(range.Partition))
        {
            throw Fault($"its plan has two ranges of {range.Partition}");
        }

        if (range.Count < 0)
        {
            throw Fault($"its range of {range.Partition} has {range.Count} records");
        }

        if (_positions.TryGetValue(range.Partition, out var position) && !Equal(position, range.From))
        {
            throw Fault($"its range of {range.Partition} begins at {range.From}, and the one before it ended at {position}: records would be missing, or there twice");
        }
    }

    private void Cut(List<DirectRange<TPosition>> taken, DirectLimits limits)
    {
        var full = taken.FindAll(static range => !range.IsEmpty);
        var shares = limits.Share([.. full.Select(static range => range.Count)]);
        for (var index = 0; index < full.Count; index++)
        {
            var range = full[index];
            if (range.Count <= shares[index] || shares[index] == long.MaxValue)
            {
                continue;
            }

            var limited = source.Limit(range, shares[index]);
            taken[taken.IndexOf(range)] = limited is not null && limited.Partition == range.Partition && Equal(limited.From, range.From)
                ? limited
                : throw Fault($"the beginning of its range of {range.Partition} from {range.From} is another range: {limited}");
        }

        taken.RemoveAll(range => range.IsEmpty && _positions.ContainsKey(range.Partition));
    }

    private static bool Equal(TPosition one, TPosition other) => EqualityComparer<TPosition>.Default.Equals(one, other);

    private StreamingException Fault(string what) => new($"{source.Name}: {what}. The source is at fault; DirectSourceContract of the TestKit checks it.");
}
