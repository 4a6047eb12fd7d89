using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;

namespace CodegenStreaming.CheckpointTool.Reading;

/// <summary>Records of one batch and partition in a file.</summary>
/// <param name="Number">The batch.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Count">How many records.</param>
/// <param name="Bytes">They themselves.</param>
internal sealed record SavedRun(long Number, int Partition, int Count, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The runs of a file, and how their records are written.</summary>
    /// <exception cref="CorruptRecordException">It is no file of batches, or damaged.</exception>
    public static (RecordSchema Schema, IReadOnlyList<SavedRun> Runs) ReadAll(ReadOnlyMemory<byte> file, string name)
    {
        var content = SealedFile.Open(FileKind.Batches, file.Span, name);
        file.Span.Overlaps(content, out var start);
        try
        {
            return ReadAll(file.Slice(start, content.Length));
        }
        catch (CorruptRecordException exception)
        {
            throw new CorruptRecordException(exception.Problem, name, exception.Offset, exception);
        }
    }

    private static (RecordSchema Schema, IReadOnlyList<SavedRun> Runs) ReadAll(ReadOnlyMemory<byte> content)
    {
        var reader = new RecordReader(content.Span);
        var schema = SchemaFormat.Read(ref reader);
        var runs = new List<SavedRun>();
        while (reader.ReadPresence())
        {
            var (number, partition, count, length) = (reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
            var start = reader.Position;
            reader.ReadBytes(length);
            if (count < 0 || (long)count * schema.MinimumSize > length)
            {
                reader.Fail($"{count} records are more than {length} bytes can hold", start);
            }

            runs.Add(new SavedRun(number, partition, count, content.Slice(start, length)));
        }

        if (reader.Remaining > 0)
        {
            reader.Fail("Bytes are left behind the end");
        }

        return (schema, runs);
    }
}
