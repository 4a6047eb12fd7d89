namespace CodegenStreaming.Sources;

/// <summary>How far a partition of a log can be read: up to the last mark of its last segment. Used by the batch clock, the index by tasks too.</summary>
internal sealed class LogPartition(string directory)
{
    private LogPlace? _end;

    public string Path => directory;

    public LogIndex Index { get; } = new();

    /// <summary>The number behind the last record that is there to be read; null while there is no segment.</summary>
    /// <param name="from">A record to begin to look at, the first time; null for the first one.</param>
    public long? FindEnd(long? from)
    {
        try
        {
            return GoToEnd(from);
        }
        catch (FileNotFoundException) when (_end is { } end)
        {
            _end = null; // Its segment has been deleted: everything in it had been read.
            return GoToEnd(end.Record);
        }
    }

    /// <summary>The number of the first record that there still is; null while there is no segment.</summary>
    public long? FindStart() => LogSegments.List(directory) is [var first, ..] ? first : null;

    /// <summary>The number of the last segment's first record; null while there is no segment.</summary>
    public long? FindLastSegment() => LogSegments.List(directory) is [.., var last] ? last : null;

    private long? GoToEnd(long? from)
    {
        var segments = _end is null ? LogSegments.List(directory) : [];
        if (_end is null && segments.Length == 0)
        {
            return null;
        }

        if (_end is null && from < segments[0])
        {
            throw new StreamingException($"The log {directory} begins with record {segments[0]}, and has been read until {from}: what lies between was deleted before it was read.");
        }

        var segment = _end?.Segment ?? LogSegments.Of(segments, from ?? 0) ?? segments[0];
        var before = _end?.Record;
        while (true)
        {
            var end = GoThrough(segment);
            if (end != segment && File.Exists(LogSegments.PathOf(directory, end)))
            {
                (segment, _end) = (end, null); // The segment is complete, and the next one begins where it ends.
                continue;
            }

            if (end == before || end == segment)
            {
                CheckIsLast(segment, end);
            }

            return end;
        }
    }

    /// <summary>Nothing new: either nothing was written, or what is damaged hides it.</summary>
    private void CheckIsLast(long segment, long end)
    {
        if (LogSegments.List(directory) is [.., var last]
            && last > segment
            && GoThrough(segment) == end
            && (end == segment || !File.Exists(LogSegments.PathOf(directory, end))))
        {
            throw new CorruptRecordException(
                $"The segment ends before record {end}, and the next one does not begin there", LogSegments.PathOf(directory, segment), _end?.Offset ?? 0);
        }
    }

    /// <summary>Goes on to the last mark of a segment.</summary>
    private long GoThrough(long segment)
    {
        using var file = LogSegments.Open(LogSegments.PathOf(directory, segment));
        if (_end is not { } end)
        {
            if (!TryOpen(file, segment, out end))
            {
                return segment; // It is being made, or was torn when it was.
            }
        }

        var walk = new LogWalk(file, end.Offset, end.Record);
        var (offset, next) = (walk.Offset, walk.Next);
        while (walk.TryRead(out var header))
        {
            walk.Skip(header);
            if (header.IsMark)
            {
                (offset, next) = (walk.Offset, walk.Next);
                Index.Add(new LogPlace(next, segment, offset)); // What lies before a mark is never changed.
            }
        }

        _end = next == segment ? null : new LogPlace(next, segment, offset); // An empty segment may get another header.
        return next;
    }

    private static bool TryOpen(Stream file, long segment, out LogPlace start)
    {
        try
        {
            var opened = LogSegment.Open(file, "");
            start = new LogPlace(segment, segment, opened.Start);
            return opened.First == segment;
        }
        catch (CorruptRecordException)
        {
            start = default;
            return false;
        }
    }
}
