namespace CodegenStreaming;

/// <summary>The repository's files, as they lie in the working tree.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>All sources of a folder, generated ones apart; paths are relative to the root, with slashes.</summary>
    public static IEnumerable<string> Sources(string folder, string pattern = "*.cs")
    {
        var path = Path.Combine(Root, folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
                .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "artifacts"))
                .Order(StringComparer.Ordinal)
            : [];
    }

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static bool Exists(string file) => File.Exists(Path.Combine(Root, file));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CodegenStreaming.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No CodegenStreaming.sln above {AppContext.BaseDirectory}.");
    }
}
