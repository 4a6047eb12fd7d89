namespace CodegenStreaming.Recovery;

/// <summary>Which batches were made, what they got, and which are done. Not thread-safe.</summary>
internal sealed class BatchLog
{
    private readonly SortedDictionary<long, PlannedBatch> _plans = [];
    private readonly SortedSet<long> _doneAhead = [];

    /// <param name="data">The batch after which everything is saved.</param>
    /// <param name="planned">The last batch that was made.</param>
    /// <param name="completed">The last batch that was done, as those before it.</param>
    /// <param name="batches">What batches behind the saved one got.</param>
    public BatchLog(long data, long planned, long completed, IEnumerable<PlannedBatch> batches)
    {
        (Data, Planned, Completed) = (data, planned, completed);
        foreach (var batch in batches)
        {
            if (batch.Number > data)
            {
                _plans[batch.Number] = batch;
            }
        }
    }

    public long Data { get; private set; }

    public long Planned { get; private set; }

    public long Completed { get; private set; }

    /// <summary>What batches got, in their order.</summary>
    public IReadOnlyList<PlannedBatch> Batches => [.. _plans.Values];

    public PlannedBatch? Find(long number) => _plans.GetValueOrDefault(number);

    public void Plan(long number, IReadOnlyList<(int Input, ReadOnlyMemory<byte> Plan)> plans)
    {
        Planned = number;
        if (plans.Count > 0)
        {
            _plans[number] = new PlannedBatch(number, plans);
        }
    }

    /// <summary>A batch is done. One that has failed never is: it and all behind it are run again at a restart.</summary>
    public void Complete(long number)
    {
        _doneAhead.Add(number);
        while (_doneAhead.Count > 0 && _doneAhead.Min <= Completed + 1)
        {
            Completed = Math.Max(Completed, _doneAhead.Min);
            _doneAhead.Remove(_doneAhead.Min);
        }
    }

    /// <summary>Numbers up to this one were left out: there are no such batches.</summary>
    public void SkipTo(long number)
    {
        for (var skipped = Planned + 1; skipped < number; skipped++)
        {
            Complete(skipped);
        }
    }

    /// <summary>Everything after a batch is saved now.</summary>
    public void Save(long number)
    {
        Data = number;
        while (_plans.Count > 0 && _plans.Keys.First() is var first && first <= number)
        {
            _plans.Remove(first);
        }
    }
}
