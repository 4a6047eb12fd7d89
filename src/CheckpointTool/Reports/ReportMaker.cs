using CodegenStreaming.Checkpoints;
using CodegenStreaming.CheckpointTool.Reading;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.CheckpointTool.Reports;

/// <summary>Makes the report about a store.</summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock, by which a lease is over.</param>
internal sealed class ReportMaker(ICheckpointStore store, TimeProvider time)
{
    /// <exception cref="IOException">The store cannot be read.</exception>
    public CheckpointReport Make()
    {
        var folder = ManifestFolder.Read(store);
        var newest = folder.Newest;
        var needed = folder.Files.Select(static file => new FileReport(file.Key.Name, file.Key.Length, file.Value)).OrderBy(static file => file.Name, StringComparer.Ordinal);
        return new CheckpointReport(
            store.Location,
            MakeLease(),
            [.. folder.Manifests.Select(found => new ManifestReport(
                found.Number, found.Manifest?.Fence, found.Manifest?.Files.Count ?? 0, found.Length + (found.Manifest?.Files.Sum(static file => file.Length) ?? 0), found.Problem, found == newest))],
            newest?.Content is { } content ? new ContentReporter(store, content).Make() : null,
            [.. needed],
            [.. FindOthers(folder)]);
    }

    private LeaseReport? MakeLease()
    {
        if (CheckpointLease.ReadLatest(store).Latest is not { } grant)
        {
            return null;
        }

        var (fence, renewals) = store.List()
            .Select(static name => FileNames.TryParseLease(name, out var fence, out var renewal) ? (fence, renewal) : default)
            .Max();
        var holder = grant.Holder;
        var state = grant.IsReleased ? "released"
            : grant.Until <= time.GetUtcNow() ? "over: it was not renewed"
            : ProcessHolder.IsKnownDead(holder, static _ => true) ? "held by a process that has ended"
            : "held";
        return new LeaseReport(
            fence,
            renewals,
            holder.Application,
            holder.Machine,
            holder.ProcessId,
            new DateTimeOffset(Math.Clamp(holder.ProcessStarted, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero),
            grant.Until,
            state);
    }

    private IEnumerable<FileReport> FindOthers(ManifestFolder folder)
    {
        var needed = folder.Files.Keys.Select(static file => file.Name).ToHashSet();
        var (lease, _) = CheckpointLease.ReadLatest(store);
        foreach (var name in folder.Names.Where(name => !needed.Contains(name)))
        {
            var remark = Describe(name, lease, folder.Newest?.Manifest);
            if (remark is not null)
            {
                yield return new FileReport(name, LengthOf(name), remark);
            }
        }
    }

    /// <summary>Why a file is there; null for manifests and the lease, of which the report tells by themselves.</summary>
    private static string? Describe(string name, long lease, CheckpointManifest? newest)
    {
        if (FileNames.TryParseManifest(name, out _))
        {
            return null;
        }

        if (FileNames.TryParseLease(name, out var fence, out _))
        {
            return fence == lease ? null : "garbage: an earlier lease";
        }

        if (!FileNames.TryParseData(name, out fence, out var sequence))
        {
            return "not of a checkpoint";
        }

        return fence < lease || (fence == newest?.Fence && sequence < newest.NextFile)
            ? "garbage: no manifest needs it"
            : "no manifest needs it yet: it is being written, or its process has ended";
    }

    private long LengthOf(string name)
    {
        try
        {
            return store.Read(name)?.Length ?? 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
