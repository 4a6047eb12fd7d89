namespace CodegenStreaming.Package.Tests;

/// <summary>A fresh folder outside the repository, deleted at the end.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("codegen-streaming-");

    public Scratch(string? packageCache = null) => PackageCache = packageCache ?? Path.Combine(Folder, "packages");

    public string Folder => _folder.FullName;

    /// <summary>Where restored packages are unpacked.</summary>
    public string PackageCache { get; }

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Folder, file), text);

    public void Dispose() => _folder.Delete(recursive: true);
}
