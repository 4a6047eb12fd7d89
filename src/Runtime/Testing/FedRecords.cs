namespace CodegenStreaming.Testing;

/// <summary>The partitions that a test has given to a source, numbered from zero: what no batch has got yet, and before it what batches had that may be made again. Thread-safe.</summary>
internal sealed class FedRecords<T>
{
    private readonly Lock _lock = new();
    private readonly List<T[]> _partitions = [];
    private long _first;
    private long _next;

    /// <summary>The number of the next partition that a batch gets.</summary>
    public long Next
    {
        get
        {
            lock (_lock)
            {
                return _next;
            }
        }
    }

    public bool HasPending
    {
        get
        {
            lock (_lock)
            {
                return _next < End;
            }
        }
    }

    private long End => _first + _partitions.Count;

    public void Add(T[] partition)
    {
        lock (_lock)
        {
            _partitions.Add(partition);
        }
    }

    /// <summary>All that no batch has got yet.</summary>
    public T[][] Take()
    {
        lock (_lock)
        {
            var taken = Between(_next, End);
            _next = End;
            return taken;
        }
    }

    /// <summary>What a batch had; as far as the test that gave it goes on.</summary>
    public T[][] TakeAgain(long from, long until)
    {
        lock (_lock)
        {
            if (_next == from)
            {
                GoTo(until);
            }

            return Between(from, until);
        }
    }

    /// <summary>The next batch gets what was given from there on; of an earlier test's partitions nothing is left.</summary>
    public void GoTo(long position)
    {
        lock (_lock)
        {
            if (position > End)
            {
                _partitions.Clear();
                _first = position;
            }

            _next = position;
        }
    }

    /// <summary>Drops what no batch has got.</summary>
    public void DropPending()
    {
        lock (_lock)
        {
            _next = End;
        }
    }

    /// <summary>No batch before there is made again.</summary>
    public void Forget(long position)
    {
        lock (_lock)
        {
            var count = (int)Math.Clamp(position - _first, 0, _partitions.Count);
            _partitions.RemoveRange(0, count);
            _first += count;
            _next = Math.Max(_next, _first);
        }
    }

    /// <summary>Goes on after a restart where another context's source was: behind all that was given, unless a checkpoint leads back.</summary>
    public void TakeOver(FedRecords<T> before)
    {
        lock (before._lock)
        {
            lock (_lock)
            {
                _partitions.InsertRange(0, before._partitions);
                _first = before._first;
                _next = before.End;
            }
        }
    }

    private T[][] Between(long from, long until)
    {
        var start = (int)Math.Clamp(from - _first, 0, _partitions.Count);
        var end = (int)Math.Clamp(until - _first, start, _partitions.Count);
        return [.. _partitions[start..end]];
    }
}
