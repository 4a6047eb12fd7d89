using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Recovery;

/// <summary>A checkpoint's content as a manifest's sections. Whatever bytes it reads, it gives a content or says what is wrong.</summary>
internal static class ContentFormat
{
    private const string Progress = "progress";
    private const string Streams = "streams";
    private const string Inputs = "inputs";
    private const string Batches = "batches";

    public static IReadOnlyList<CheckpointFile> FilesOf(CheckpointContent content) => [.. content.Data.Streams.SelectMany(static stream => stream.Saved.Files)];

    public static IReadOnlyList<CheckpointSection> Write(CheckpointContent content, BlockPool pool) =>
    [
        Section(Progress, pool, (ref RecordWriter writer) =>
        {
            writer.WriteInt64(content.Interval);
            writer.WriteInt64(content.Zero);
            writer.WriteInt64(content.Data.Number);
            writer.WriteInt64(content.Planned);
            writer.WriteInt64(content.Completed);
            writer.WriteInt64(content.Attempts.Number);
            writer.WriteInt32(content.Attempts.Count);
        }),
        Section(Streams, pool, (ref RecordWriter writer) =>
        {
            writer.WriteLength(content.Data.Streams.Count);
            foreach (var (identity, saved) in content.Data.Streams)
            {
                Write(ref writer, identity);
                writer.WriteInt32(saved.Files.Count);
                writer.WriteText(saved.Content.Span);
            }
        }),
        Section(Inputs, pool, (ref RecordWriter writer) =>
        {
            writer.WriteLength(content.Data.Inputs.Count);
            foreach (var (identity, positions) in content.Data.Inputs)
            {
                Write(ref writer, identity);
                writer.WriteText(positions.Span);
            }
        }),
        Section(Batches, pool, (ref RecordWriter writer) =>
        {
            writer.WriteLength(content.Batches.Count);
            foreach (var batch in content.Batches)
            {
                writer.WriteInt64(batch.Number);
                writer.WriteLength(batch.Plans.Count);
                foreach (var (input, plan) in batch.Plans)
                {
                    writer.WriteInt32(input);
                    writer.WriteText(plan.Span);
                }
            }
        }),
    ];

    /// <exception cref="CorruptRecordException">The manifest's sections are not what this class writes.</exception>
    public static CheckpointContent Read(CheckpointManifest manifest)
    {
        var progress = Open(manifest, Progress);
        var (interval, zero, data, planned, completed) = (progress.ReadInt64(), progress.ReadInt64(), progress.ReadInt64(), progress.ReadInt64(), progress.ReadInt64());
        var attempts = new BatchAttempts(progress.ReadInt64(), progress.ReadInt32());
        if (interval < 1 || data < 0 || planned < data || completed < data || completed > planned)
        {
            progress.Fail($"The batches {data}, {completed}, {planned} of {interval} ms do not follow one another", 0);
        }

        return new CheckpointContent(interval, zero, new SavedData(data, ReadStreams(manifest), ReadInputs(manifest)), planned, completed, attempts, ReadBatches(manifest));
    }

    private static (StreamIdentity, SavedStream)[] ReadStreams(CheckpointManifest manifest)
    {
        var reader = Open(manifest, Streams);
        var streams = new (StreamIdentity, SavedStream)[reader.ReadLength()];
        var next = 0;
        for (var index = 0; index < streams.Length; index++)
        {
            var identity = ReadIdentity(ref reader);
            var files = reader.ReadInt32();
            if (files < 0 || files > manifest.Files.Count - next)
            {
                reader.Fail("More files are meant than the manifest names");
            }

            streams[index] = (identity, new SavedStream([.. manifest.Files.Skip(next).Take(files)], reader.ReadText().ToArray()));
            next += files;
        }

        if (next != manifest.Files.Count)
        {
            reader.Fail("Files are named that nobody needs");
        }

        return streams;
    }

    private static (StreamIdentity, ReadOnlyMemory<byte>)[] ReadInputs(CheckpointManifest manifest)
    {
        var reader = Open(manifest, Inputs);
        var inputs = new (StreamIdentity, ReadOnlyMemory<byte>)[reader.ReadLength()];
        for (var index = 0; index < inputs.Length; index++)
        {
            inputs[index] = (ReadIdentity(ref reader), reader.ReadText().ToArray());
        }

        return inputs;
    }

    private static PlannedBatch[] ReadBatches(CheckpointManifest manifest)
    {
        var reader = Open(manifest, Batches);
        var batches = new PlannedBatch[reader.ReadLength()];
        for (var index = 0; index < batches.Length; index++)
        {
            var number = reader.ReadInt64();
            var plans = new (int, ReadOnlyMemory<byte>)[reader.ReadLength()];
            for (var plan = 0; plan < plans.Length; plan++)
            {
                plans[plan] = (reader.ReadInt32(), reader.ReadText().ToArray());
            }

            batches[index] = new PlannedBatch(number, plans);
        }

        return batches;
    }

    private static void Write(ref RecordWriter writer, StreamIdentity identity)
    {
        writer.WriteString(identity.Pipeline);
        writer.WriteString(identity.Name);
        writer.WriteString(identity.Kind);
        writer.WriteString(identity.Text);
        writer.WriteString(identity.Sources);
        writer.WriteLength(identity.Schemas.Count);
        foreach (var (name, schema) in identity.Schemas)
        {
            writer.WriteString(name);
            SchemaFormat.Write(ref writer, schema);
        }
    }

    private static StreamIdentity ReadIdentity(ref RecordReader reader)
    {
        var (pipeline, name, kind, text, sources) = (reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString());
        var schemas = new (string, RecordSchema)[reader.ReadLength(2)];
        for (var index = 0; index < schemas.Length; index++)
        {
            schemas[index] = (reader.ReadString() ?? "", SchemaFormat.Read(ref reader));
        }

        return new StreamIdentity(pipeline ?? "", name, kind ?? "", text ?? "", sources ?? "", schemas);
    }

    private static RecordReader Open(CheckpointManifest manifest, string name) => new((
        manifest.Sections.FirstOrDefault(section => section.Name == name)
        ?? throw new CorruptRecordException($"The manifest has no section '{name}'", 0)).Content.Span);

    private static CheckpointSection Section(string name, BlockPool pool, RecordBytes.Filling fill) => new(name, RecordBytes.Of(pool, fill));
}
