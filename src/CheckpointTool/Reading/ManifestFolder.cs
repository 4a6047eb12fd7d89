using CodegenStreaming.Checkpoints;
using CodegenStreaming.Recovery;

namespace CodegenStreaming.CheckpointTool.Reading;

/// <summary>
/// The manifests of a store, each with what is wrong with it or with the files that it needs. A running program publishes and deletes meanwhile: what is found
/// damaged in such a moment is looked at again.
/// </summary>
internal sealed class ManifestFolder
{
    private const int Looks = 3;

    private readonly ICheckpointStore _store;
    private readonly Dictionary<CheckpointFile, string?> _problems = [];

    private ManifestFolder(ICheckpointStore store)
    {
        _store = store;
        Names = [.. store.List().Order(StringComparer.Ordinal)];
        Manifests = [.. Names
            .Select(static name => (Name: name, IsManifest: FileNames.TryParseManifest(name, out var number), Number: number))
            .Where(static found => found.IsManifest)
            .OrderByDescending(static found => found.Number)
            .Select(found => Read(found.Name, found.Number))];
    }

    /// <summary>The names of all files.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The manifests, the newest first.</summary>
    public IReadOnlyList<FoundManifest> Manifests { get; }

    /// <summary>The one that a restart begins with; null where there is none.</summary>
    public FoundManifest? Newest => Manifests.FirstOrDefault(static found => found.Problem is null);

    /// <summary>All files that a manifest needs, with what is wrong with them.</summary>
    public IReadOnlyDictionary<CheckpointFile, string?> Files => _problems;

    /// <exception cref="IOException">The store cannot be read.</exception>
    public static ManifestFolder Read(ICheckpointStore store)
    {
        var folder = new ManifestFolder(store);
        for (var look = 1; look < Looks && folder.Manifests is not [{ Problem: null }, ..] && !folder.Names.ToHashSet().SetEquals(store.List()); look++)
        {
            folder = new ManifestFolder(store);
        }

        return folder;
    }

    private FoundManifest Read(string name, long number)
    {
        var length = 0L;
        try
        {
            if (_store.Read(name) is not { } bytes)
            {
                return new FoundManifest(number, 0, null, null, "It has been deleted meanwhile.");
            }

            length = bytes.Length;
            var manifest = CheckpointManifest.Read(bytes, name);
            var damaged = manifest.Files.Select(ProblemOf).Where(static problem => problem is not null).ToArray();
            if (damaged.Length > 0)
            {
                return new FoundManifest(number, length, manifest, null, damaged.Length == 1 ? damaged[0] : $"{damaged[0]} And {damaged.Length - 1} more of its files.");
            }

            return manifest.Number == number
                ? new FoundManifest(number, length, manifest, ContentFormat.Read(manifest), null)
                : new FoundManifest(number, length, manifest, null, $"It says that its number is {manifest.Number}.");
        }
        catch (Exception exception) when (exception is CorruptRecordException or IOException)
        {
            return new FoundManifest(number, length, null, null, exception.Message);
        }
    }

    private string? ProblemOf(CheckpointFile file)
    {
        if (!_problems.TryGetValue(file, out var problem))
        {
            try
            {
                ManifestLog.ReadFile(_store, file);
            }
            catch (Exception exception) when (exception is CorruptRecordException or IOException)
            {
                problem = exception.Message;
            }

            _problems.Add(file, problem);
        }

        return problem;
    }
}

/// <summary>A manifest.</summary>
/// <param name="Number">The number in its name.</param>
/// <param name="Length">Its own bytes.</param>
/// <param name="Manifest">What it is made of; null where it cannot be read.</param>
/// <param name="Content">What it says; null where it or one of its files is damaged.</param>
/// <param name="Problem">What is wrong; null where nothing is.</param>
internal sealed record FoundManifest(long Number, long Length, CheckpointManifest? Manifest, CheckpointContent? Content, string? Problem);
