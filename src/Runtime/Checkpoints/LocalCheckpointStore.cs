namespace CodegenStreaming.Checkpoints;

/// <summary>A directory of a file system. A file has survived when it and its directory are flushed.</summary>
internal sealed class LocalCheckpointStore : ICheckpointStore
{
    private readonly string _directory;

    /// <summary>Makes the directory where it is not there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public LocalCheckpointStore(string directory)
    {
        _directory = Path.GetFullPath(directory);
        Guarded("make", _directory, () => DirectoryFlush.Create(_directory));
    }

    public string Location => _directory;

    public IReadOnlyCollection<string> List() => Guarded("list", _directory, () =>
        Directory.EnumerateFiles(_directory).Select(path => Path.GetFileName(path)).ToArray());

    public byte[]? Read(string name)
    {
        var path = PathOf(name);
        try
        {
            return Guarded("read", path, () => File.ReadAllBytes(path));
        }
        catch (IOException exception) when (exception.InnerException is FileNotFoundException)
        {
            return null;
        }
    }

    public bool TryCreate(string name, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(name);
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        catch (IOException exception) when (IsThereAlready(exception, path))
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure("write", path, exception);
        }

        Guarded("write", path, () => DirectoryFlush.Flush(_directory));
        return true;
    }

    public void Delete(string name)
    {
        var path = PathOf(name);
        Guarded("delete", path, () => File.Delete(path));
    }

    private string PathOf(string name) => Path.Combine(_directory, name);

    // EEXIST of Linux, EEXIST of macOS, ERROR_FILE_EXISTS of Windows: all other errors leave no file, or a torn one that this call has made.
    private static bool IsThereAlready(IOException exception, string path) =>
        exception is not (FileNotFoundException or DirectoryNotFoundException) && (exception.HResult is 17 or unchecked((int)0x80070050)) && File.Exists(path);

    private static void Guarded(string verb, string path, Action act) => Guarded(verb, path, () =>
    {
        act();
        return true;
    });

    private static T Guarded<T>(string verb, string path, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(verb, path, exception);
        }
    }

    private static IOException Failure(string verb, string path, Exception cause) =>
        new($"The checkpoint could not {verb} {path}: {cause.Message}", cause);
}
