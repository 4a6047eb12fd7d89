using CodegenStreaming.Checkpoints;
using CodegenStreaming.CheckpointTool.Reading;
using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Memory;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.CheckpointTool.Reports;

/// <summary>Reports what a manifest says.</summary>
/// <param name="store">Where its files are.</param>
/// <param name="content">What it says.</param>
internal sealed class ContentReporter(ICheckpointStore store, CheckpointContent content)
{
    private readonly BlockPool _pool = new();

    public ContentReport Make()
    {
        var inputs = content.Data.Inputs.Select(static input => (input.Identity, Bytes: input.Positions.Length)).ToArray();
        return new ContentReport(
            TimeSpan.FromMilliseconds(Math.Min(content.Interval, (long)TimeSpan.MaxValue.TotalMilliseconds / 2)),
            BatchOf(content.Data.Number),
            BatchOf(content.Completed),
            BatchOf(content.Planned),
            content.Attempts.Count > 0 ? BatchOf(content.Attempts.Number) : null,
            content.Attempts.Count,
            [.. content.Data.Streams.Select(stream => MakeStream(stream.Identity, stream.Saved))],
            [.. inputs.Select(static input => new InputReport(input.Identity.Name, input.Identity.Display, input.Identity.Pipeline, input.Identity.Kind, input.Bytes))],
            [.. content.Batches.Select(batch => new PlanReport(
                BatchOf(batch.Number),
                [.. batch.Plans.Select(plan => (uint)plan.Input < (uint)inputs.Length ? inputs[plan.Input].Identity.Display : $"input {plan.Input}, which is not named")],
                batch.Plans.Sum(static plan => (long)plan.Plan.Length)))]);
    }

    private BatchReport BatchOf(long number)
    {
        var milliseconds = content.Zero + ((Int128)number * content.Interval);
        return new BatchReport(
            number,
            milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
                : null);
    }

    private StreamReport MakeStream(StreamIdentity identity, SavedStream saved)
    {
        var report = new StreamReport(
            identity.Name,
            identity.Display,
            identity.Pipeline,
            identity.Kind,
            identity.Sources,
            [.. identity.Schemas.Select(static schema => new SchemaReport(schema.Name, SchemaText.Of(schema.Schema)))],
            null,
            null,
            null,
            null,
            null,
            null,
            saved.Files.Count,
            saved.Files.Sum(static file => file.Length),
            null);
        try
        {
            return SavedParts.Read(identity, saved) is { } parts ? Count(report, identity, parts) : report with { Problem = "It is of a kind that this program does not know." };
        }
        catch (Exception exception) when (exception is StreamingException or IOException)
        {
            return report with { Problem = exception.Message };
        }
    }

    private StreamReport Count(StreamReport report, StreamIdentity identity, SavedParts parts)
    {
        var hasKeys = identity.Schemas.Count > 1;
        var isHistory = !hasKeys && parts.Window is null;
        return report with
        {
            Partitions = hasKeys ? parts.Tables.Count : isHistory ? parts.Batches.Select(static batch => batch.Partitions).DefaultIfEmpty().Max() : null,
            Keys = hasKeys ? CountKeys(identity, parts.Tables) : null,
            Batches = isHistory || hasKeys && parts.Window is not null ? parts.Batches.Count : null,
            Records = isHistory || hasKeys && parts.Window is not null ? CountRecords(parts) : null,
            WindowLength = parts.Window?.Length,
            WindowSlide = parts.Window?.Slide,
        };
    }

    private long CountKeys(StreamIdentity identity, IReadOnlyList<SavedTable> tables)
    {
        var schemas = new SavedSchemas(identity.Schemas[0].Schema, identity.Schemas[1].Schema, _pool);
        return tables.Sum(table => table.Count(schemas, Read));
    }

    private long CountRecords(SavedParts parts)
    {
        var numbers = parts.Batches.Select(static batch => batch.Number).ToHashSet();
        return parts.BatchFiles.Sum(file => SavedRun.ReadAll(Read(file), file.Name).Runs.Where(run => numbers.Contains(run.Number)).Sum(static run => (long)run.Count));
    }

    private ReadOnlyMemory<byte> Read(CheckpointFile file) => ManifestLog.ReadFile(store, file);
}
