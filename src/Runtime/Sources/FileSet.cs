using System.Runtime.ExceptionServices;

namespace CodegenStreaming.Sources;

/// <summary>The files that a path stands for: one, those of a directory, those that match a pattern.</summary>
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

        var files = Directory.EnumerateFiles(directory, isPattern ? name : "*").Where(IsData).Order(StringComparer.Ordinal).ToArray();
        return files.Length > 0 || !isPattern ? files : throw new FileNotFoundException($"No file matches {full}.", full);
    }

    /// <summary>For readings that leave out nothing.</summary>
    public static void Throw(string path, Exception exception) => ExceptionDispatchInfo.Throw(exception);

    private static bool IsData(string path) => Path.GetFileName(path.AsSpan()) is not ['.' or '_', ..];
}
