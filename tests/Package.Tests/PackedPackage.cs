[assembly: AssemblyFixture(typeof(CodegenStreaming.Package.Tests.PackedPackage))]

namespace CodegenStreaming.Package.Tests;

/// <summary>
/// The package, packed from the sources with intermediate files of its own, and what a user's machine needs to install it: a folder as a package
/// source beside the configured ones, and a cache that has never seen it.
/// </summary>
public sealed class PackedPackage : IAsyncLifetime
{
    public const string Version = "0.1.0-test";

    private readonly Scratch _scratch = new();

    internal string Feed => Path.Combine(_scratch.Folder, "feed");

    public async ValueTask InitializeAsync() =>
        await Tool.DotnetAsync(
            _scratch,
            "pack",
            Path.Combine(Repository.Root, "src", "Runtime", "Runtime.csproj"),
            "--configuration", "Release",
            "--output", Feed,
            "--artifacts-path", Path.Combine(_scratch.Folder, "artifacts"),
            $"-p:PackageVersion={Version}",
            "-warnaserror");

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A fresh folder in which the package can be installed.</summary>
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
}
