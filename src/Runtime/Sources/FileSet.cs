using System.Runtime.ExceptionServices;

namespace CodegenStreaming.Sources;

/// <summary>The files that a path stands for: one, those of a directory, those that match a pattern or lie in a directory that does.</summary>
internal static class FileSet
{
    /// <summary>Their paths, in the order of their names.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static IReadOnlyList<string> List(string path)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            return [full];
        }

        var name = Path.GetFileName(full);
        var isPattern = name.AsSpan().ContainsAny('*', '?');
        var directory = isPattern ? Path.GetDirectoryName(full)! : full;
        if (!Directory.Exists(directory))
        {
            throw new FileNotFoundException($"There is no file and no directory {full}.", full);
        }

        return isPattern ? Matching(directory, name) : Ordered(Directory.EnumerateFiles(directory));
    }

    /// <summary>For readings that leave out nothing.</summary>
    public static void Throw(string path, Exception exception) => ExceptionDispatchInfo.Throw(exception);

    // Outputs write a folder for each batch, so a pattern stands for the files of the folders that match it, too.
    private static string[] Matching(string directory, string pattern)
    {
        var found = Ordered(Directory.EnumerateFileSystemEntries(directory, pattern));
        return found.Length > 0
            ? [.. found.SelectMany(path => Directory.Exists(path) ? Ordered(Directory.EnumerateFiles(path)) : [path])]
            : throw new FileNotFoundException($"No file matches {Path.Combine(directory, pattern)}.", Path.Combine(directory, pattern));
    }

    private static string[] Ordered(IEnumerable<string> paths) => [.. paths.Where(IsData).Order(StringComparer.Ordinal)];

    private static bool IsData(string path) => Path.GetFileName(path.AsSpan()) is not ['.' or '_', ..];
}
