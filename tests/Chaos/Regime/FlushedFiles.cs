namespace CodegenStreaming.Chaos.Regime;

/// <summary>
/// What of a file system survives the loss of power, as flushes and renames come one after another: a file's bytes with its flush, and a name, of a file or a
/// directory, with a flush of the directory that it is in, which has to come after the file's own and after a renaming.
/// </summary>
internal sealed class FlushedFiles
{
    private readonly Dictionary<string, (long Length, bool HasName)> _flushed = [];

    public void FlushFile(string path, long length) => _flushed[path] = (length, _flushed.GetValueOrDefault(path).HasName);

    public void FlushDirectory(string path)
    {
        _flushed.TryAdd(path, default);
        foreach (var inside in _flushed.Keys.Where(inside => Path.GetDirectoryName(inside) == path).ToArray())
        {
            _flushed[inside] = (_flushed[inside].Length, true);
        }
    }

    public void Rename(string from, string to)
    {
        foreach (var path in _flushed.Keys.Where(path => path == to || path.StartsWith(to + "/", StringComparison.Ordinal)).ToArray())
        {
            _flushed.Remove(path);
        }

        foreach (var path in _flushed.Keys.Where(path => path == from || path.StartsWith(from + "/", StringComparison.Ordinal)).ToArray())
        {
            _flushed.Remove(path, out var flushed);
            _flushed[to + path[from.Length..]] = path == from ? (flushed.Length, false) : flushed;
        }
    }

    /// <summary>Whether a file's bytes have survived, so many as there are now.</summary>
    public bool HasBytes(string path, long length) => length == 0 || (_flushed.TryGetValue(path, out var flushed) && flushed.Length == length);

    /// <summary>Whether the name has survived.</summary>
    public bool HasName(string path) => _flushed.TryGetValue(path, out var flushed) && flushed.HasName;
}
