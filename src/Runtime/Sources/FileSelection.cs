using CodegenStreaming.Codecs;

namespace CodegenStreaming.Sources;

/// <summary>
/// Which files a batch gets: those modified after the threshold and not after the batch time that no batch got before. What was taken is
/// remembered as long as its modification time could bring it back. Used by the batch clock; <see cref="Forget"/> by tasks too.
/// </summary>
internal sealed class FileSelection(DirectoryPattern directory, FileStreamOptions options, long ignoreUntil, TimeSpan window, TimeSpan interval)
{
    private readonly Func<string, bool> _filter = options.Filter ?? IsNotHidden;
    private readonly Dictionary<string, Taken> _taken = [];

    /// <summary>What batches before a restart had got, and those that are run again have got once more.</summary>
    private readonly HashSet<string> _givenAgain = [];
    private long _ignoreUntil = ignoreUntil;
    private BatchTime? _last;

    /// <summary>The batch's files, by modification time and path.</summary>
    /// <exception cref="IOException">A directory cannot be listed; it is a <see cref="DirectoryNotFoundException"/> when it is not there.</exception>
    public FileBatch Select(BatchTime time)
    {
        // Where batches were left out, what came in their time is this one's.
        var first = _last is { } last && last + interval < time ? last + interval : time;
        var threshold = Math.Max(_ignoreUntil, (first - window).Milliseconds);
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

        _last = time;
        ForgetUntil((time - window).Milliseconds);
        chosen.Sort(static (left, right) =>
            left.Modified != right.Modified ? left.Modified.CompareTo(right.Modified) : string.CompareOrdinal(left.Path, right.Path));
        return new FileBatch(chosen, changed);
    }

    /// <summary>A batch is run again after a restart and gets what it got then, but for what an earlier one has got by now that could not read it then.</summary>
    public IReadOnlyList<FoundFile> SelectAgain(BatchTime time, IReadOnlyList<FoundFile> files)
    {
        _last = time;
        lock (_taken)
        {
            FoundFile[] given = [.. files.Where(file => _givenAgain.Add(file.Path))];
            foreach (var file in given)
            {
                _taken[file.Path] = new Taken(file.Modified, file.Length, time.Milliseconds);
            }

            return given;
        }
    }

    /// <summary>What the batches so far have taken, as far as it could come again.</summary>
    public void Save(ref RecordWriter writer)
    {
        lock (_taken)
        {
            writer.WriteInt64(_ignoreUntil);
            writer.WriteInt64(_last?.Milliseconds ?? long.MinValue);
            writer.WriteLength(_taken.Count);
            foreach (var (path, taken) in _taken)
            {
                writer.WriteString(path);
                writer.WriteInt64(taken.Modified);
                writer.WriteInt64(taken.Length);
                writer.WriteInt64(taken.KeptFrom);
            }
        }
    }

    /// <summary>Goes on from what <see cref="Save"/> has written.</summary>
    /// <returns>The first of the files that lies elsewhere; null where none does.</returns>
    /// <exception cref="CorruptRecordException">The bytes are something else.</exception>
    public string? Restore(ref RecordReader reader)
    {
        _ignoreUntil = reader.ReadInt64();
        _last = reader.ReadInt64() is var last && last == long.MinValue ? null : new BatchTime(last);
        for (var left = reader.ReadLength(3 * sizeof(long)); left > 0; left--)
        {
            _taken[reader.ReadString() ?? ""] = new Taken(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        }

        return _taken.Keys.FirstOrDefault(path => !directory.MayHold(path));
    }

    /// <summary>A file could not be read: a later batch may try again.</summary>
    public void Forget(string path)
    {
        lock (_taken)
        {
            _taken.Remove(path);
            _givenAgain.Remove(path);
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

    private readonly record struct Taken(long Modified, long Length, long KeptFrom);
}

/// <summary>What a batch reads.</summary>
/// <param name="Files">The files, in the order of their partitions.</param>
/// <param name="Changed">Files that an earlier batch took and that have changed since; they are not read again.</param>
internal sealed record FileBatch(IReadOnlyList<FoundFile> Files, IReadOnlyList<string> Changed);

/// <summary>A file as it was seen.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Modified">When it was modified, in milliseconds.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct FoundFile(string Path, long Modified, long Length);
