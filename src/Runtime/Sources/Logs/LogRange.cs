using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Reads records of a partition, by their numbers, over as many segments as they lie in.</summary>
/// <param name="partition">The partition's directory.</param>
/// <param name="codec">Reads the records, which may have been written with an older schema of theirs.</param>
/// <param name="pool">Where memory comes from.</param>
internal sealed class LogRange<T>(string partition, RecordCodec<T> codec, BlockPool pool)
{
    /// <summary>The records in blocks, each the caller's to release.</summary>
    /// <param name="from">The first record.</param>
    /// <param name="until">The one behind the last.</param>
    /// <param name="place">A place not behind the first record; null to look for one.</param>
    /// <param name="cancellation">Looked at for each block.</param>
    /// <exception cref="StreamingException">Records are gone, or damaged.</exception>
    public IEnumerable<Block<T>> Read(long from, long until, LogPlace? place, CancellationToken cancellation)
    {
        if (place is { } found && !File.Exists(LogSegments.PathOf(partition, found.Segment)))
        {
            place = null; // It was the end of a segment that is deleted by now.
        }

        var segment = place?.Segment ?? SegmentOf(from);
        while (from < until)
        {
            var path = LogSegments.PathOf(partition, segment);
            using var file = Open(path, from);
            var opened = LogSegment.Open(file, path);
            var decoder = NewDecoder(opened.Schema, path);
            var walk = place is { } known ? new LogWalk(file, known.Offset, known.Record) : opened.Walk();
            while (from < until && walk.TryRead(out var header))
            {
                if (header.Next > from)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var block = opened.Read(header, walk.Offset, decoder, pool);
                    var end = Math.Min(header.Next, until);
                    yield return Part(block, (int)(from - header.First), (int)(end - header.First));
                    from = end;
                }

                walk.Skip(header);
            }

            if (from < until && (walk.Next == segment || walk.Next > from || !File.Exists(LogSegments.PathOf(partition, walk.Next))))
            {
                throw new CorruptRecordException($"The log has no record {from}: the segment ends at {walk.Next}, and none begins there", path, walk.Offset);
            }

            (segment, place) = (walk.Next, null);
        }
    }

    private RecordDecoder<T> NewDecoder(RecordSchema schema, string path)
    {
        try
        {
            return new RecordDecoder<T>(codec, schema);
        }
        catch (IncompatibleSchemaException exception)
        {
            throw new IncompatibleSchemaException(exception.Field, exception.Problem, path);
        }
    }

    private long SegmentOf(long record) => LogSegments.Of(LogSegments.List(partition), record) ?? throw Gone(record, null);

    private FileStream Open(string path, long record)
    {
        try
        {
            return LogSegments.Open(path);
        }
        catch (FileNotFoundException exception)
        {
            throw Gone(record, exception);
        }
    }

    private StreamingException Gone(long record, Exception? cause)
    {
        var message = $"The log {partition} no longer has record {record}: its segment has been deleted.";
        return cause is null ? new StreamingException(message) : new StreamingException(message, cause);
    }

    /// <summary>Some of a block's records, as a block in its place.</summary>
    private ArrayBlock<T> Part(ArrayBlock<T> block, int start, int end)
    {
        if (start == 0 && end == block.Count)
        {
            return block;
        }

        var records = pool.Rent<T>(end - start);
        block.Records[start..end].CopyTo(records);
        block.Release();
        return new ArrayBlock<T>(records, end - start, pool);
    }
}
