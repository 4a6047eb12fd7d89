using System.Runtime.InteropServices;

namespace CodegenStreaming.Checkpoints;

/// <summary>Makes the names of new files survive. Windows writes them with the files; elsewhere the directory is flushed by itself, which .NET has no call for.</summary>
internal static partial class DirectoryFlush
{
    private const int ReadOnly = 0;

    /// <summary>Makes a directory, and those above it that are missing, so that all of them survive.</summary>
    /// <param name="directory">A full path.</param>
    /// <exception cref="IOException">One cannot be made or flushed.</exception>
    public static void Create(string directory)
    {
        if (!Directory.Exists(directory) && Path.GetDirectoryName(directory) is { } parent)
        {
            Create(parent);
            Directory.CreateDirectory(directory);
            Flush(parent);
        }
    }

    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(directory, ReadOnly);
        if (descriptor < 0)
        {
            throw Failure(directory);
        }

        var result = Synchronise(descriptor);
        var failure = result < 0 ? Failure(directory) : null;
        _ = Close(descriptor);
        if (failure is not null)
        {
            throw failure;
        }
    }

    private static IOException Failure(string directory) =>
        new($"The directory {directory} could not be flushed: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Synchronise(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
