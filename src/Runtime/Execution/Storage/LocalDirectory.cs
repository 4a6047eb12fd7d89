using System.Globalization;

namespace CodegenStreaming.Execution.Storage;

/// <summary>
/// The folder of an engine context's files: made with the first of them, removed at the end. What a process left that was killed, the next one removes
/// that makes such a folder at the same place: beside each folder lies a file that its owner holds open. Thread-safe.
/// </summary>
internal sealed class LocalDirectory(string? root) : IDisposable
{
    private const string LockEnding = ".in-use";

    private readonly Lock _lock = new();
    private readonly string _root = root ?? Path.Combine(Path.GetTempPath(), "CodegenStreaming");
    private FileStream? _held;
    private string? _folder;
    private long _files;
    private bool _disposed;

    /// <summary>Where the folder is made.</summary>
    public string Root => _root;

    /// <summary>The folder; null before the first file.</summary>
    public string? Folder => _folder;

    /// <summary>The path of a file that does not exist yet.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public string NewFile(string ending)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _folder ??= Create();
            return Path.Combine(_folder, (++_files).ToString(CultureInfo.InvariantCulture) + ending);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            if (_held is { } held)
            {
                Remove(_folder!);
                held.Dispose();
                RemoveFile(held.Name);
            }

            (_held, _folder) = (null, null);
        }
    }

    private string Create()
    {
        Directory.CreateDirectory(_root);
        RemoveLeftovers();
        var folder = Path.Combine(_root, Guid.NewGuid().ToString("N"));
        _held = new FileStream(folder + LockEnding, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Whoever can open a folder's file has found it without an owner.</summary>
    private void RemoveLeftovers()
    {
        foreach (var file in Directory.EnumerateFiles(_root, "*" + LockEnding))
        {
            try
            {
                using var held = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None);
                Remove(file[..^LockEnding.Length]);
                RemoveFile(file);
            }
            catch (IOException)
            {
                // It has an owner, or another process removes it at this moment.
            }
            catch (UnauthorizedAccessException)
            {
                // Another user's.
            }
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
        }
        catch (UnauthorizedAccessException)
        {
        }
    }

    private static void RemoveFile(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (IOException)
        {
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}
