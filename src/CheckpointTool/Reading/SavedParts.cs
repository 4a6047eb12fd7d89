using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.CheckpointTool.Reading;

/// <summary>What is saved of a stream, taken apart: tables of keys, batches, one value. What a stream does not have is empty.</summary>
/// <param name="Tables">A state by key, partition by partition.</param>
/// <param name="Batches">Batches that later ones need.</param>
/// <param name="BatchFiles">The files that these lie in.</param>
/// <param name="Value">A single value with its schema before it; null where there is none.</param>
/// <param name="Window">Length and slide of a window with an inverse, in batches.</param>
internal sealed record SavedParts(
    IReadOnlyList<SavedTable> Tables,
    IReadOnlyList<SavedBatch> Batches,
    IReadOnlyList<CheckpointFile> BatchFiles,
    ReadOnlyMemory<byte>? Value,
    (int Length, int Slide)? Window)
{
    /// <summary>Takes apart what is saved; null where it is of a kind that this program does not know.</summary>
    /// <exception cref="CorruptRecordException">It is damaged.</exception>
    public static SavedParts? Read(StreamIdentity identity, SavedStream saved) => string.Join(' ', identity.Schemas.Select(static schema => schema.Name)) switch
    {
        "key state" when identity.Kind.Contains("Window", StringComparison.Ordinal) => ReadWindow(saved, hasKeys: true),
        "key state" => new SavedParts(ReadTables(saved.Content.Span, saved.Files), [], [], null, null),
        "record" => new SavedParts([], ReadBatches(saved.Content.Span), saved.Files, null, null),
        "state" => ReadWindow(saved, hasKeys: false),
        _ => null,
    };

    private static SavedParts ReadWindow(SavedStream saved, bool hasKeys)
    {
        var reader = new RecordReader(saved.Content.Span);
        var (length, slide, count) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        if ((uint)count > (uint)saved.Files.Count)
        {
            reader.Fail("More files are meant than are named");
        }

        var state = reader.ReadText();
        var inside = reader.ReadText();
        CheckpointFile[] insideFiles = [.. saved.Files.Skip(count)];
        return hasKeys
            ? new SavedParts(ReadTables(state, [.. saved.Files.Take(count)]), ReadBatches(inside), insideFiles, null, (length, slide))
            : new SavedParts([], [], insideFiles, state is [1, ..] ? state[1..].ToArray() : null, (length, slide));
    }

    private static SavedTable[] ReadTables(ReadOnlySpan<byte> content, IReadOnlyList<CheckpointFile> files)
    {
        var reader = new RecordReader(content);
        var tables = new SavedTable[reader.ReadLength(2 * sizeof(int))];
        var next = 0;
        for (var index = 0; index < tables.Length; index++)
        {
            var (whole, changes) = (reader.ReadInt32(), reader.ReadInt32());
            if (whole < 0 || changes < 0 || (long)whole + changes > files.Count - next)
            {
                reader.Fail("More files are meant than are named");
            }

            tables[index] = new SavedTable([.. files.Skip(next).Take(whole)], [.. files.Skip(next + whole).Take(changes)]);
            next += whole + changes;
        }

        return tables;
    }

    private static SavedBatch[] ReadBatches(ReadOnlySpan<byte> content)
    {
        var reader = new RecordReader(content);
        var batches = new SavedBatch[reader.ReadLength()];
        for (var index = 0; index < batches.Length; index++)
        {
            batches[index] = new SavedBatch(reader.ReadInt64(), reader.ReadInt32());
            for (var left = reader.ReadLength(sizeof(int)); left > 0; left--)
            {
                reader.ReadInt32(); // A file of the stream's: all of them are read anyway.
            }
        }

        return batches;
    }
}

/// <summary>A batch that later ones need.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Partitions">Its partitions.</param>
internal readonly record struct SavedBatch(long Number, int Partitions);
