namespace CodegenStreaming.Sources;

/// <summary>Where some records of a partition lie, so that a range is not looked for from the beginning of its segment. Thread-safe.</summary>
internal sealed class LogIndex
{
    /// <summary>The entries that are kept; the oldest ones go first.</summary>
    private const int MostEntries = 1024;

    /// <summary>Headers of so many bytes are read quickly.</summary>
    private const int Spacing = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<LogPlace> _places = new();
    private LogPlace? _last;

    /// <summary>A block begins there. Called in the order of the records.</summary>
    public void Add(LogPlace place)
    {
        lock (_lock)
        {
            if (_last is { } last && last.Segment == place.Segment && place.Offset - last.Offset < Spacing)
            {
                return;
            }

            if (_places.Count == MostEntries)
            {
                _places.Dequeue();
            }

            _places.Enqueue(place);
            _last = place;
        }
    }

    /// <summary>The last place that does not lie behind a record; null where none is known.</summary>
    public LogPlace? Find(long record)
    {
        lock (_lock)
        {
            LogPlace? found = null;
            foreach (var place in _places)
            {
                if (place.Record > record)
                {
                    break;
                }

                found = place;
            }

            return found;
        }
    }
}

/// <summary>Where a block begins.</summary>
/// <param name="Record">The number of its first record.</param>
/// <param name="Segment">The number of its segment's first record.</param>
/// <param name="Offset">The byte in the segment's file.</param>
internal readonly record struct LogPlace(long Record, long Segment, long Offset);
