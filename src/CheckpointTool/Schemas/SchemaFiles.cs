namespace CodegenStreaming.CheckpointTool.Schemas;

/// <summary>
/// Schemas as text in the user's repository, in the manner of public-API files: what was shipped, and what has come since; what has gone since stands there with a mark.
/// </summary>
/// <param name="shippedPath">The file of what was shipped.</param>
/// <param name="unshippedPath">The file of what has changed since.</param>
internal sealed class SchemaFiles(string shippedPath, string unshippedPath)
{
    /// <summary>Stands before a shipped line that is not there any more.</summary>
    private const string Removed = "*REMOVED*";

    /// <summary>The lines that the files declare together.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    public IReadOnlyCollection<string> ReadDeclared()
    {
        var declared = ReadLines(shippedPath).ToHashSet();
        foreach (var line in ReadLines(unshippedPath))
        {
            if (line.StartsWith(Removed, StringComparison.Ordinal))
            {
                declared.Remove(line[Removed.Length..]);
            }
            else
            {
                declared.Add(line);
            }
        }

        return declared;
    }

    /// <summary>Makes the files declare these lines; only what has not been shipped changes.</summary>
    /// <exception cref="IOException">They cannot be read or written.</exception>
    public void Write(IReadOnlyCollection<string> lines)
    {
        var shipped = ReadLines(shippedPath);
        if (!File.Exists(shippedPath))
        {
            WriteLines(shippedPath, []);
        }

        WriteLines(unshippedPath, [.. shipped.Except(lines).Select(static line => Removed + line), .. lines.Except(shipped)]);
    }

    /// <summary>These lines are shipped.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Ship(IReadOnlyCollection<string> lines)
    {
        WriteLines(shippedPath, lines);
        WriteLines(unshippedPath, []);
    }

    private static string[] ReadLines(string path) => File.Exists(path)
        ? [.. File.ReadLines(path).Select(static line => line.Trim()).Where(static line => line.Length > 0 && !line.StartsWith('#'))]
        : [];

    private static void WriteLines(string path, IEnumerable<string> lines) =>
        File.WriteAllText(path, string.Concat(lines.Order(StringComparer.Ordinal).Select(static line => line + "\n")));
}
