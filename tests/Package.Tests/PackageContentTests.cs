using System.IO.Compression;
using System.Xml.Linq;

namespace CodegenStreaming.Package.Tests;

public sealed class PackageContentTests(PackedPackage package)
{
    [Fact]
    public void Pack_MakesTwoPackages_WithSymbolsBeside() =>
        Assert.Equal(
            [
                $"CodegenStreaming.{PackedPackage.Version}.nupkg", $"CodegenStreaming.{PackedPackage.Version}.snupkg",
                $"CodegenStreaming.TestKit.{PackedPackage.Version}.nupkg", $"CodegenStreaming.TestKit.{PackedPackage.Version}.snupkg",
            ],
            Directory.EnumerateFiles(package.Feed).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("lib/net10.0/CodegenStreaming.dll")]
    [InlineData("lib/net10.0/CodegenStreaming.xml")]
    [InlineData("analyzers/dotnet/cs/CodegenStreaming.Generators.dll")]
    [InlineData("build/CodegenStreaming.props")]
    [InlineData("buildTransitive/CodegenStreaming.props")]
    [InlineData("README.md")]
    public void Package_Holds(string entry) => Assert.NotNull(Open().GetEntry(entry));

    [Theory]
    [InlineData("lib/net10.0/CodegenStreaming.TestKit.dll")]
    [InlineData("lib/net10.0/CodegenStreaming.TestKit.xml")]
    [InlineData("README.md")]
    public void TestKit_Holds(string entry) => Assert.NotNull(Open("CodegenStreaming.TestKit").GetEntry(entry));

    /// <summary>No test framework; and the generator comes along, so that pipelines of a test project are fused, too.</summary>
    [Fact]
    public void TestKit_DependsOnTheLibraryAlone_WithAllThatItBrings()
    {
        using var stream = Open("CodegenStreaming.TestKit").GetEntry("CodegenStreaming.TestKit.nuspec")!.Open();
        var dependency = Assert.Single(XDocument.Load(stream).Descendants(), element => element.Name.LocalName == "dependency");
        Assert.Equal(
            ("CodegenStreaming", PackedPackage.Version, "All"),
            ((string?)dependency.Attribute("id"), (string?)dependency.Attribute("version"), (string?)dependency.Attribute("include")));
    }

    [Fact]
    public void Props_LetInterceptorsIn_AndRefuseACompilerThatIsTooOld()
    {
        using var stream = Open().GetEntry("buildTransitive/CodegenStreaming.props")!.Open();
        var props = XDocument.Load(stream);
        Assert.Contains("CodegenStreaming.Generated", props.Descendants("InterceptorsNamespaces").Single().Value, StringComparison.Ordinal);
        Assert.Contains("CS9057", props.Descendants("WarningsAsErrors").Single().Value, StringComparison.Ordinal);
    }

    private ZipArchive Open(string name = "CodegenStreaming") => ZipFile.OpenRead(Path.Combine(package.Feed, $"{name}.{PackedPackage.Version}.nupkg"));
}
