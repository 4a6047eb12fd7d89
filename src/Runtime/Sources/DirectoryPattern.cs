using System.IO.Enumeration;

namespace CodegenStreaming.Sources;

/// <summary>A directory, or a pattern with <c>*</c> and <c>?</c> that names directories.</summary>
internal sealed class DirectoryPattern(string path)
{
    private readonly string _path = Path.GetFullPath(path);

    public override string ToString() => _path;

    /// <summary>Whether a file may lie in one of the directories, or below.</summary>
    public bool MayHold(string file)
    {
        var wildcard = _path.AsSpan().IndexOfAny('*', '?');
        return file.StartsWith(wildcard < 0 ? Path.TrimEndingDirectorySeparator(_path) + Path.DirectorySeparatorChar : _path[..(_path.LastIndexOf(Path.DirectorySeparatorChar, wildcard) + 1)], StringComparison.Ordinal);
    }

    /// <summary>The directories that there are, in the order of their names; a plain path is returned whether it exists or not.</summary>
    public IEnumerable<string> Expand()
    {
        var root = Path.GetPathRoot(_path)!;
        IEnumerable<string> directories = [root];
        foreach (var name in _path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            directories = name.AsSpan().ContainsAny('*', '?')
                ? directories.SelectMany(directory => Matching(directory, name))
                : directories.Select(directory => Path.Combine(directory, name));
        }

        return directories;
    }

    private static IEnumerable<string> Matching(string directory, string pattern) =>
        Directory.Exists(directory)
            ? Directory.EnumerateDirectories(directory)
                .Where(found => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(found), ignoreCase: false))
                .Order(StringComparer.Ordinal)
            : [];
}
