namespace CodegenStreaming.Sources;

/// <summary>
/// Which files a batch gets: those modified after the threshold and not after the batch time that no batch got before. What was taken is
/// remembered as long as its modification time could bring it back. Used by the batch clock; <see cref="Forget"/> by tasks too.
/// </summary>
internal sealed class FileSelection(DirectoryPattern directory, FileStreamOptions options, long ignoreUntil, TimeSpan window)
{
    private readonly Func<string, bool> _filter = options.Filter ?? IsNotHidden;
    private readonly Dictionary<string, Taken> _taken = [];

    /// <summary>The batch's files, by modification time and path.</summary>
    /// <exception cref="IOException">A directory cannot be listed; it is a <see cref="DirectoryNotFoundException"/> when it is not there.</exception>
    public FileBatch Select(BatchTime time)
    {
        var threshold = Math.Max(ignoreUntil, (time - window).Milliseconds);
        var chosen = new List<FoundFile>();
        var changed = new List<string>();
        foreach (var file in List().ToList()) // The whole list first: nothing is taken when it fails half way.
        {
            if (file.Modified > threshold && file.Modified <= time.Milliseconds && _filter(file.Path))
            {
                if (TryTake(file, time))
                {
                    chosen.Add(file);
                }
                else if (HasChanged(file))
                {
                    changed.Add(file.Path);
                }
            }
        }

        ForgetUntil((time - window).Milliseconds);
        chosen.Sort(static (left, right) =>
            left.Modified != right.Modified ? left.Modified.CompareTo(right.Modified) : string.CompareOrdinal(left.Path, right.Path));
        return new FileBatch([.. chosen.Select(file => file.Path)], changed);
    }

    /// <summary>A file could not be read: a later batch may try again.</summary>
    public void Forget(string path)
    {
        lock (_taken)
        {
            _taken.Remove(path);
        }
    }

    private static bool IsNotHidden(string path) => !Path.GetFileName(path.AsSpan()).StartsWith('.');

    private IEnumerable<FoundFile> List()
    {
        var enumeration = new EnumerationOptions { RecurseSubdirectories = options.Recursive, AttributesToSkip = 0, IgnoreInaccessible = options.Recursive };
        foreach (var path in directory.Expand())
        {
            foreach (var file in new DirectoryInfo(path).EnumerateFiles("*", enumeration))
            {
                if (file.Exists) // Or it has been moved away meanwhile. The figures are those of this look.
                {
                    yield return new FoundFile(file.FullName, new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds(), file.Length);
                }
            }
        }
    }

    private bool TryTake(FoundFile file, BatchTime time)
    {
        lock (_taken)
        {
            return _taken.TryAdd(file.Path, new Taken(file.Modified, file.Length, time.Milliseconds));
        }
    }

    /// <summary>True once for each change of a file that was taken; it stays taken.</summary>
    private bool HasChanged(FoundFile file)
    {
        lock (_taken)
        {
            if (!_taken.TryGetValue(file.Path, out var taken) || (taken.Modified == file.Modified && taken.Length == file.Length))
            {
                return false;
            }

            _taken[file.Path] = new Taken(file.Modified, file.Length, Math.Max(taken.KeptFrom, file.Modified));
            return true;
        }
    }

    private void ForgetUntil(long time)
    {
        lock (_taken)
        {
            foreach (var (path, taken) in _taken)
            {
                if (taken.KeptFrom <= time)
                {
                    _taken.Remove(path); // Allowed while enumerating a dictionary.
                }
            }
        }
    }

    private readonly record struct FoundFile(string Path, long Modified, long Length);

    private readonly record struct Taken(long Modified, long Length, long KeptFrom);
}

/// <summary>What a batch reads.</summary>
/// <param name="Paths">The files, in the order of their partitions.</param>
/// <param name="Changed">Files that an earlier batch took and that have changed since; they are not read again.</param>
internal sealed record FileBatch(IReadOnlyList<string> Paths, IReadOnlyList<string> Changed);
