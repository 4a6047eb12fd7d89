using System.IO.Compression;
using System.Xml.Linq;

namespace CodegenStreaming.Package.Tests;

public sealed class PackageContentTests(PackedPackage package)
{
    [Fact]
    public void Pack_MakesOnePackage_WithSymbolsBeside() =>
        Assert.Equal(
            [$"CodegenStreaming.{PackedPackage.Version}.nupkg", $"CodegenStreaming.{PackedPackage.Version}.snupkg"],
            Directory.EnumerateFiles(package.Feed).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("lib/net10.0/CodegenStreaming.dll")]
    [InlineData("lib/net10.0/CodegenStreaming.xml")]
    [InlineData("analyzers/dotnet/cs/CodegenStreaming.Generators.dll")]
    [InlineData("build/CodegenStreaming.props")]
    [InlineData("buildTransitive/CodegenStreaming.props")]
    [InlineData("README.md")]
    public void Package_Holds(string entry) => Assert.NotNull(Open().GetEntry(entry));

    [Fact]
    public void Props_LetInterceptorsIn_AndRefuseACompilerThatIsTooOld()
    {
        using var stream = Open().GetEntry("buildTransitive/CodegenStreaming.props")!.Open();
        var props = XDocument.Load(stream);
        Assert.Contains("CodegenStreaming.Generated", props.Descendants("InterceptorsNamespaces").Single().Value, StringComparison.Ordinal);
        Assert.Contains("CS9057", props.Descendants("WarningsAsErrors").Single().Value, StringComparison.Ordinal);
    }

    private ZipArchive Open() => ZipFile.OpenRead(Path.Combine(package.Feed, $"CodegenStreaming.{PackedPackage.Version}.nupkg"));
}
