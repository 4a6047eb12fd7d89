using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.Chaos.Child;

/// <summary>
/// A directory of checkpoints that notes each step before and after, keeps what it deletes until the deletion has survived, has no room when the parent says so,
/// and notes when a state was written anew.
/// </summary>
internal sealed class JournalledStore(ICheckpointStore store, ChaosFolder folder, Journal journal) : ICheckpointStore
{
    private readonly Lock _lock = new();
    private readonly List<string> _deleted = [];
    private readonly Dictionary<string, TableDescription[]> _tables = [];

    public string Location => store.Location;

    public IReadOnlyCollection<string> List() => store.List();

    public byte[]? Read(string name) => store.Read(name);

    public bool TryCreate(string name, ReadOnlySpan<byte> bytes)
    {
        string[] deletedBefore;
        lock (_lock)
        {
            deletedBefore = [.. _deleted];
        }

        journal.Write(Journal.Begin, name);
        if (DiskFault.IsFull(folder, DiskFault.Checkpoints))
        {
            // What fits is there: a torn file.
            store.TryCreate(name, bytes[..(bytes.Length / 2)]);
            journal.Write(Journal.End, name);
            throw DiskFault.Failure();
        }

        var isCreated = store.TryCreate(name, bytes);
        journal.Write(Journal.End, name);

        // The directory has been flushed, and what had been deleted before stays so.
        foreach (var deleted in deletedBefore)
        {
            File.Delete(Path.Combine(folder.Deleted, deleted));
        }

        lock (_lock)
        {
            _deleted.RemoveAll(deletedBefore.Contains);
        }

        if (isCreated && FileNames.TryParseManifest(name, out _))
        {
            NoteCompactions(CheckpointManifest.Read(bytes, name));
        }

        return isCreated;
    }

    public void Delete(string name)
    {
        var path = Path.Combine(store.Location, name);
        journal.Write(Journal.Gone, name);
        lock (_lock)
        {
            if (File.Exists(path))
            {
                File.Move(path, Path.Combine(folder.Deleted, name), overwrite: true);
                _deleted.Add(name);
            }
        }
    }

    /// <summary>A table whose whole is in other files than before, where there were changes, has been written anew.</summary>
    private void NoteCompactions(CheckpointManifest manifest)
    {
        foreach (var (identity, saved) in ContentFormat.Read(manifest).Data.Streams.Where(static stream => stream.Identity.Name is "totals" or "visits"))
        {
            var tables = TableDescription.Read(saved);
            if (_tables.GetValueOrDefault(identity.Name!) is { } before
                && before.Length == tables.Length
                && before.Zip(tables).Any(static pair => pair.First.Changes > 0 && pair.First.Whole is not null && pair.First.Whole != pair.Second.Whole))
            {
                journal.Write(Journal.Compacted, identity.Name!);
            }

            _tables[identity.Name!] = tables;
        }
    }

    /// <summary>The first file of a table's whole, and how many changes follow.</summary>
    private readonly record struct TableDescription(string? Whole, int Changes)
    {
        public static TableDescription[] Read(Execution.Saving.SavedStream saved)
        {
            var reader = new RecordReader(saved.Content.Span);
            var tables = new TableDescription[reader.ReadLength()];
            var next = 0;
            for (var index = 0; index < tables.Length; index++)
            {
                var (whole, changes) = (reader.ReadInt32(), reader.ReadInt32());
                tables[index] = new TableDescription(whole > 0 ? saved.Files[next].Name : null, changes);
                next += whole + changes;
            }

            return tables;
        }
    }
}
