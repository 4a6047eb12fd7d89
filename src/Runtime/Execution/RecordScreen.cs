namespace CodegenStreaming.Execution;

/// <summary>
/// The records that a task leaves out because a function cannot take them. The task is run unfused, one record after another, so that the last record that a source
/// has given is the one at which a function of its chain has thrown. Used by the task's thread.
/// </summary>
internal sealed class RecordScreen
{
    /// <summary>A partition of which so many records are left out is no partition with a few bad records.</summary>
    private const int Most = 1000;

    /// <summary>They are given a partition's records all together, or many at a time: which of them was the bad one is not known.</summary>
    private static readonly string[] OfManyRecords = ["MapPartitions", "MapPartitionsWithIndex", "Glom", "MapAsync", "FlatMapAsync", "FilterAsync"];

    private readonly HashSet<(DatasetNode Source, int Partition, long Position)> _left = [];
    private readonly List<PoisonRecord> _poison = [];
    private Given? _last;

    /// <summary>The records that were left out.</summary>
    public IReadOnlyList<PoisonRecord> Poison => _poison;

    /// <summary>The record at which an operator's function has thrown: where it came from and its number there; null where that cannot be said.</summary>
    public (string Source, long Position)? Find(OperatorFailure failure) =>
        _last is null || OfManyRecords.Contains(failure.Node.OperatorName) ? null : (_last.Source.Describe(), _last.Position);

    /// <summary>A source's records without those that are left out.</summary>
    public IEnumerable<T> Filter<T>(DatasetNode<T> source, int partition, IEnumerable<T> records)
    {
        var given = new Given<T>(source, partition);
        foreach (var record in records)
        {
            given.Position++;
            if (!_left.Contains((source, partition, given.Position)))
            {
                (given.Record, _last) = (record, given);
                yield return record;
            }
        }
    }

    /// <summary>The last record made an operator's function throw: the next run leaves it out. False where that cannot be said, or there are too many.</summary>
    public bool TryLeaveOut(OperatorFailure failure, BatchTime time)
    {
        if (_last is not { } last || OfManyRecords.Contains(failure.Node.OperatorName) || _left.Count == Most)
        {
            return false;
        }

        var node = failure.Node;
        _poison.Add(new PoisonRecord(time, node.OperatorName, node.Name, node.Site?.File, node.Site?.Line, last.Source.Describe(), last.Partition, last.Position, last.Text, failure.Cause));
        _last = null;
        return _left.Add((last.Source, last.Partition, last.Position));
    }

    private abstract class Given(DatasetNode source, int partition)
    {
        public DatasetNode Source => source;

        public int Partition => partition;

        public long Position { get; set; } = -1;

        public abstract string Text { get; }
    }

    private sealed class Given<T>(DatasetNode source, int partition) : Given(source, partition)
    {
        public T? Record { get; set; }

        public override string Text => Record?.ToString() ?? "";
    }
}
