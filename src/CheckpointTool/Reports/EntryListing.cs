using System.Globalization;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.CheckpointTool.Reading;
using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Memory;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.CheckpointTool.Reports;

/// <summary>Writes keys and states of a stream as text, or the records of its batches.</summary>
/// <param name="store">Where the checkpoint is.</param>
/// <param name="content">What it says.</param>
/// <param name="output">Where to write.</param>
internal sealed class EntryListing(ICheckpointStore store, CheckpointContent content, TextWriter output)
{
    private const int LongestValue = 200;

    private readonly BlockPool _pool = new();
    private readonly ValueText _text = new(LongestValue);

    /// <exception cref="StreamingException">The stream's files are damaged, or of a kind that is not known.</exception>
    public void Write(StreamIdentity identity, SavedStream saved, long manifest, int count)
    {
        var parts = SavedParts.Read(identity, saved) ?? throw new StreamingException($"{identity} is of a kind that this program does not know.");
        output.WriteLine($"{PlainText.Of(identity.ToString())} after batch {content.Data.Number}, of manifest {manifest}");
        foreach (var (name, schema) in identity.Schemas)
        {
            output.WriteLine($"  {name}: {PlainText.Of(SchemaText.Of(schema))}");
        }

        output.WriteLine();
        if (identity.Schemas.Count > 1)
        {
            WriteEntries(identity, parts.Tables, count);
        }
        else if (parts.Window is not null)
        {
            WriteValue(parts.Value);
        }
        else
        {
            WriteRecords(parts, count);
        }
    }

    private void WriteEntries(StreamIdentity identity, IReadOnlyList<SavedTable> tables, int count)
    {
        var schemas = new SavedSchemas(identity.Schemas[0].Schema, identity.Schemas[1].Schema, _pool);
        var total = tables.Sum(part => part.Count(schemas, Read));
        var rows = new List<(string Partition, string Key, string State, string Time)>();
        for (var partition = 0; partition < tables.Count && rows.Count < count; partition++)
        {
            tables[partition].Read(schemas, Read, (key, state, time) =>
            {
                rows.Add(($"{partition}", ToText(key, schemas.Keys), ToText(state, schemas.States), time is { } known ? TimeOf(known) : ""));
                return rows.Count < count;
            });
        }

        var hasTimes = rows.Any(static row => row.Time.Length > 0);
        var table = hasTimes ? new AlignedTable(">partition", "key", "state", "updated") : new AlignedTable(">partition", "key", "state");
        foreach (var (partition, key, state, time) in rows)
        {
            table.Add(hasTimes ? [partition, key, state, time] : [partition, key, state]);
        }

        table.Write(output);
        WriteEnd(rows.Count, total, "key");
    }

    private void WriteRecords(SavedParts parts, int count)
    {
        var numbers = parts.Batches.Select(static batch => batch.Number).ToHashSet();
        var table = new AlignedTable(">batch", ">partition", "record");
        var (shown, total) = (0, 0L);
        foreach (var file in parts.BatchFiles)
        {
            var (schema, runs) = SavedRun.ReadAll(Read(file), file.Name);
            foreach (var run in runs.Where(run => numbers.Contains(run.Number)))
            {
                total += run.Count;
                var reader = new RecordReader(run.Bytes.Span);
                for (var index = 0; index < run.Count && shown < count; index++, shown++)
                {
                    table.Add($"{run.Number}", $"{run.Partition}", _text.Read(ref reader, schema));
                }
            }
        }

        table.Write(output);
        WriteEnd(shown, total, "record");
    }

    private void WriteValue(ReadOnlyMemory<byte>? value)
    {
        if (value is not { } bytes)
        {
            output.WriteLine("  no value");
            return;
        }

        var reader = new RecordReader(bytes.Span);
        var schema = SchemaFormat.Read(ref reader);
        output.WriteLine($"  {_text.Read(ref reader, schema)}");
    }

    private void WriteEnd(long shown, long total, string noun)
    {
        output.WriteLine();
        output.WriteLine(shown < total ? $"{Quantity.Count(shown)} of {Quantity.Count(total, noun)}; --count shows more." : $"{Quantity.Count(total, noun)}.");
    }

    private string ToText(ReadOnlySpan<byte> bytes, RecordSchema schema)
    {
        var reader = new RecordReader(bytes);
        return _text.Read(ref reader, schema);
    }

    private static string TimeOf(long milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? Quantity.Time(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds))
            : milliseconds.ToString(CultureInfo.InvariantCulture);

    private ReadOnlyMemory<byte> Read(CheckpointFile file) => ManifestLog.ReadFile(store, file);
}
