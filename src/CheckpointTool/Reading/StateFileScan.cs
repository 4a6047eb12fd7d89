using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.State;

namespace CodegenStreaming.CheckpointTool.Reading;

/// <summary>Where the chunks of a state's file lie, whatever the types of its keys and states.</summary>
/// <param name="Content">What the file holds.</param>
/// <param name="Keys">How keys are written.</param>
/// <param name="States">How states are.</param>
/// <param name="HasTimes">Whether states have times.</param>
/// <param name="Chunks">The chunks, in their order.</param>
internal sealed record StateFileScan(ReadOnlyMemory<byte> Content, RecordSchema Keys, RecordSchema States, bool HasTimes, IReadOnlyList<ScannedChunk> Chunks)
{
    /// <exception cref="CorruptRecordException">It is no file of a state, or damaged.</exception>
    public static StateFileScan Read(ReadOnlyMemory<byte> file, string name)
    {
        var content = SealedFile.Open(FileKind.State, file.Span, name);
        file.Span.Overlaps(content, out var start);
        try
        {
            return Read(file.Slice(start, content.Length));
        }
        catch (CorruptRecordException exception)
        {
            throw new CorruptRecordException(exception.Problem, name, exception.Offset, exception);
        }
    }

    private static StateFileScan Read(ReadOnlyMemory<byte> content)
    {
        var reader = new RecordReader(content.Span);
        var flags = reader.ReadByte();
        if (flags > StateFileFormat.HasTimes)
        {
            reader.Fail($"The flags {flags} are none that this program knows", 0);
        }

        var scan = new StateFileScan(content, SchemaFormat.Read(ref reader), SchemaFormat.Read(ref reader), flags == StateFileFormat.HasTimes, new List<ScannedChunk>());
        while (ReadChunk(ref reader, scan) is { } chunk)
        {
            ((List<ScannedChunk>)scan.Chunks).Add(chunk);
        }

        if (reader.Remaining > 0)
        {
            reader.Fail("Bytes are left behind the end");
        }

        return scan;
    }

    private static ScannedChunk? ReadChunk(ref RecordReader reader, StateFileScan scan)
    {
        var start = reader.Position;
        var kind = (StateChunk)reader.ReadByte();
        if (kind == StateChunk.End)
        {
            return null;
        }

        if (kind > StateChunk.Entries)
        {
            reader.Fail($"A chunk of the kind {(byte)kind} is none that this program knows", start);
        }

        var count = reader.ReadLength();
        var keys = ReadColumn(ref reader, count, scan.Keys);
        if (kind == StateChunk.Removed)
        {
            return new ScannedChunk(kind, count, keys, default, default);
        }

        var states = ReadColumn(ref reader, count, scan.States);
        var times = reader.Position;
        reader.ReadBytes(scan.HasTimes ? checked(count * sizeof(long)) : 0);
        return new ScannedChunk(kind, count, keys, states, times);
    }

    private static Range ReadColumn(ref RecordReader reader, int count, RecordSchema schema)
    {
        var length = reader.ReadInt32();
        var start = reader.Position;
        reader.ReadBytes(length);
        if ((long)count * schema.MinimumSize > length)
        {
            reader.Fail($"{count} values are more than {length} bytes can hold", start);
        }

        return start..reader.Position;
    }
}

/// <summary>A chunk of a state's file.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Count">How many entries.</param>
/// <param name="Keys">Where the keys lie.</param>
/// <param name="States">Where the states do.</param>
/// <param name="Times">Where the times begin.</param>
internal readonly record struct ScannedChunk(StateChunk Kind, int Count, Range Keys, Range States, int Times);
