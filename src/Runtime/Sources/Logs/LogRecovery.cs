using CodegenStreaming.Codecs;

namespace CodegenStreaming.Sources;

/// <summary>Finds where a segment can be written on after its writer was stopped in the middle.</summary>
internal static class LogRecovery
{
    /// <summary>Behind the last whole block. Blocks behind the last mark are read, since they may have come to the disk in part.</summary>
    /// <param name="file">The segment.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="first">The number of its first record.</param>
    /// <exception cref="CorruptRecordException">Something is damaged that was on the disk: cutting it off would lose what was flushed.</exception>
    public static LogEnd FindEnd(Stream file, string name, long first)
    {
        LogSegment segment;
        try
        {
            segment = LogSegment.Open(file, name);
        }
        catch (CorruptRecordException) when (!HasMark(file, 0, first))
        {
            return new LogEnd(first, 0, null); // The machine stopped when the segment had just been made.
        }

        if (segment.First != first)
        {
            throw new CorruptRecordException($"The segment begins with record {segment.First}, and its name says {first}", name, 0);
        }

        var walk = segment.Walk();
        walk.SkipToLastMark();
        while (walk.TryRead(out var header) && IsWhole(segment, header, walk.Offset))
        {
            walk.Skip(header);
        }

        return HasMark(file, walk.Offset, walk.Next)
            ? throw new CorruptRecordException("A block is damaged that had been flushed: more that was flushed lies behind it", name, walk.Offset)
            : new LogEnd(walk.Next, walk.Offset, segment.Schema);
    }

    private static bool IsWhole(LogSegment segment, LogBlockHeader header, long offset) =>
        header.IsMark || segment.IsWhole(header, offset, new byte[header.Length]);

    /// <summary>Whether a mark stands anywhere behind a place: a mark is written when everything before it is on the disk.</summary>
    private static bool HasMark(Stream file, long offset, long next)
    {
        var rest = new byte[(int)Math.Min(Math.Max(0, file.Length - offset), Array.MaxLength)];
        file.Position = offset;
        file.ReadExactly(rest);
        ReadOnlySpan<byte> noRecords = [0, 0, 0, 0, 0, 0, 0, 0];
        for (var start = 0; rest.AsSpan(start).IndexOf(noRecords) is >= 0 and var found; start += found + 1)
        {
            if (LogFormat.TryReadBlockHeader(rest.AsSpan(start + found), out var header) && header.First >= next)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Where a segment can be written on.</summary>
/// <param name="Record">The number of the next record.</param>
/// <param name="Offset">The byte behind the last whole block.</param>
/// <param name="Schema">What it was written with; null where not even the header is whole.</param>
internal readonly record struct LogEnd(long Record, long Offset, RecordSchema? Schema);
