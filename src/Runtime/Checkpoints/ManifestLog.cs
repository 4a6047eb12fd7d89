using System.IO.Hashing;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Checkpoints;

/// <summary>
/// The checkpoints in a store, of which the last few are kept: writes files, publishes manifests that need them, and deletes what no kept manifest needs. One
/// process at a time owns the store, by a lease whose number everything carries; where another has taken over, nothing can be published. Used by one thread at a
/// time, but for <see cref="Write"/>, which another one may call meanwhile.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="fence">The number of the lease that this process has.</param>
/// <param name="pool">Where memory comes from.</param>
internal sealed class ManifestLog(ICheckpointStore store, long fence, BlockPool pool)
{
    private readonly Lock _lock = new();
    private long _nextFile = 1;

    /// <summary>The first of the files that are being written and that no manifest has named yet.</summary>
    private long? _firstUnnamed;

    /// <summary>The newest manifest that is whole and has all its files; null where there is none.</summary>
    /// <param name="store">The store.</param>
    /// <param name="report">Told of newer ones that cannot be used, and why.</param>
    /// <param name="check">Says what else stands against one; nothing for one that can be used.</param>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public static CheckpointManifest? ReadNewest(
        ICheckpointStore store, Action<string, string>? report = null, Func<CheckpointManifest, string>? check = null)
    {
        var names = store.List();
        foreach (var number in NumbersIn(names).OrderDescending())
        {
            if (TryRead(store, names, number, out var problem) is { } manifest && (problem = check?.Invoke(manifest) ?? "").Length == 0)
            {
                return manifest;
            }

            report?.Invoke(FileNames.OfManifest(number), problem);
        }

        return null;
    }

    /// <summary>Reads a file that a manifest needs.</summary>
    /// <exception cref="CorruptRecordException">It is not as it was written, or not there.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ReadOnlyMemory<byte> ReadFile(ICheckpointStore store, CheckpointFile file)
    {
        var bytes = store.Read(file.Name) ?? throw new CorruptRecordException("The file is not there", file.Name, 0);
        if (bytes.Length != file.Length || Crc32.HashToUInt32(bytes) != file.Checksum)
        {
            throw new CorruptRecordException($"The file is not the one that the manifest needs: its length is {bytes.Length} where {file.Length} is expected, or its checksum does not fit", file.Name, 0);
        }

        return bytes.AsMemory();
    }

    /// <summary>Files are about to be written that manifests published meanwhile will not name: they are no garbage until <see cref="EndFiles"/>.</summary>
    public void BeginFiles()
    {
        lock (_lock)
        {
            _firstUnnamed ??= _nextFile;
        }
    }

    /// <summary>The next manifest names all files that are needed of those written so far.</summary>
    public void EndFiles()
    {
        lock (_lock)
        {
            _firstUnnamed = null;
        }
    }

    /// <summary>Writes a file, for a manifest to need.</summary>
    /// <exception cref="IOException">It cannot be written. Another one may be tried.</exception>
    public CheckpointFile Write(ReadOnlySpan<byte> bytes)
    {
        string name;
        lock (_lock)
        {
            name = FileNames.OfData(fence, _nextFile++);
        }

        return store.TryCreate(name, bytes)
            ? new CheckpointFile(name, bytes.Length, Crc32.HashToUInt32(bytes))
            : throw new IOException($"The file {name} is in {store.Location} already, under the lease {fence} that this process has.");
    }

    /// <summary>Publishes a manifest: from now on it is what a restart begins with.</summary>
    /// <param name="files">The files that it needs.</param>
    /// <param name="sections">Its content.</param>
    /// <exception cref="CheckpointTakenOverException">Another process has the store.</exception>
    /// <exception cref="IOException">It cannot be written; it may count, or the one before.</exception>
    public CheckpointManifest Publish(IReadOnlyList<CheckpointFile> files, IReadOnlyList<CheckpointSection> sections)
    {
        // The next number is that of whoever else may publish: only one of two gets it.
        var names = store.List();
        CheckOwner(names);
        var number = NumbersIn(names).DefaultIfEmpty().Max() + 1;
        long nextFile;
        lock (_lock)
        {
            nextFile = _firstUnnamed ?? _nextFile;
        }

        var manifest = new CheckpointManifest(number, fence, nextFile, files, sections);
        if (!store.TryCreate(FileNames.OfManifest(number), manifest.ToBytes(pool)))
        {
            throw TakenOver();
        }

        // The number may have been free because another process has published it, and more, and cleaned up.
        CheckOwner(store.List());
        return manifest;
    }

    /// <summary>Deletes old manifests, and then the files that none of those which are kept needs.</summary>
    /// <param name="kept">How many manifests to keep, one at least.</param>
    /// <param name="others">The numbers of further ones.</param>
    /// <exception cref="IOException">Something cannot be deleted; it is tried again the next time.</exception>
    public void Clean(int kept, IReadOnlySet<long>? others = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kept, 1);
        var names = store.List();
        var manifests = new List<CheckpointManifest>();
        foreach (var number in NumbersIn(names).OrderDescending())
        {
            if ((manifests.Count < kept || others?.Contains(number) == true) && TryRead(store, names, number, out _) is { } manifest)
            {
                manifests.Add(manifest);
            }
            else if (manifests.Count > 0)
            {
                store.Delete(FileNames.OfManifest(number)); // Torn ones above the newest stay until it is passed.
            }
        }

        if (manifests.Count == 0)
        {
            return;
        }

        var needed = manifests.SelectMany(static manifest => manifest.Files).Select(static file => file.Name).ToHashSet();
        foreach (var name in names.Where(name => !needed.Contains(name) && IsGarbage(name, manifests[0])))
        {
            store.Delete(name);
        }
    }

    private static IEnumerable<long> NumbersIn(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (FileNames.TryParseManifest(name, out var number))
            {
                yield return number;
            }
        }
    }

    private static CheckpointManifest? TryRead(ICheckpointStore store, IReadOnlyCollection<string> names, long number, out string problem)
    {
        var name = FileNames.OfManifest(number);
        try
        {
            if (store.Read(name) is not { } bytes)
            {
                problem = "It has been deleted meanwhile.";
                return null;
            }

            var manifest = CheckpointManifest.Read(bytes, name);
            problem = manifest.Number != number
                ? $"It says that its number is {manifest.Number}."
                : manifest.Files.FirstOrDefault(file => !names.Contains(file.Name)) is { } missing ? $"It needs {missing.Name}, which is not there." : "";
            return problem.Length == 0 ? manifest : null;
        }
        catch (CorruptRecordException exception)
        {
            problem = exception.Message;
            return null;
        }
    }

    /// <summary>Files of earlier leases, and those of this one that were written before the newest manifest, which would have named them.</summary>
    private bool IsGarbage(string name, CheckpointManifest newest) =>
        FileNames.TryParseData(name, out var fenceOfFile, out var sequence)
        && (fenceOfFile < fence || (fenceOfFile == fence && newest.Fence == fence && sequence < newest.NextFile));

    private void CheckOwner(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (FileNames.TryParseLease(name, out var other, out _) && other > fence)
            {
                throw TakenOver();
            }
        }
    }

    private CheckpointTakenOverException TakenOver() => new(store.Location, fence);
}
