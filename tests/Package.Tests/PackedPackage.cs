[assembly: AssemblyFixture(typeof(CodegenStreaming.Package.Tests.PackedPackage))]

namespace CodegenStreaming.Package.Tests;

/// <summary>
/// The packages, packed from the sources with intermediate files of their own, and what a user's machine needs to install them: a folder as a package
/// source beside the configured ones, and a cache that has never seen them.
/// </summary>
public sealed class PackedPackage : IAsyncLifetime
{
    public const string Version = "0.1.0-test";

    private readonly Scratch _scratch = new();

    internal string Feed => Path.Combine(_scratch.Folder, "feed");

    public async ValueTask InitializeAsync()
    {
        await PackAsync("Runtime");
        await PackAsync("TestKit");
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A fresh folder in which the packages can be installed.</summary>
    internal Scratch NewFolder()
    {
        var folder = new Scratch(_scratch.PackageCache);
        folder.Write(
            "nuget.config",
            $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{Feed}" />
              </packageSources>
            </configuration>
            """);
        return folder;
    }

    private async Task PackAsync(string project) =>
        await Tool.DotnetAsync(
            _scratch,
            "pack",
            Path.Combine(Repository.Root, "src", project, $"{project}.csproj"),
            "--configuration", "Release",
            "--output", Feed,
            "--artifacts-path", Path.Combine(_scratch.Folder, "artifacts"),
            $"-p:PackageVersion={Version}",
            "-warnaserror");
}
