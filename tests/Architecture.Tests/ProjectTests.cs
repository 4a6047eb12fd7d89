using System.Xml.Linq;

namespace CodegenStreaming.Architecture.Tests;

/// <summary>The arrows between projects, as the project files draw them.</summary>
public sealed class ProjectTests
{
    private static readonly string[] RuntimePackages =
    [
        "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Options",
        "System.IO.Hashing",
        "System.IO.Pipelines",
    ];

    // They come with the packages above.
    private static readonly string[] RuntimeAssemblies =
    [
        .. RuntimePackages,
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Primitives",
    ];

    [Fact]
    public void Runtime_ReferencesNoProjectAtRunTime() =>
        Violations.AssertNone(References("src/Runtime/Runtime.csproj", "ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(Name));

    [Fact]
    public void Runtime_DependsOnAbstractionsOnly() =>
        Violations.AssertNone(References("src/Runtime/Runtime.csproj", "PackageReference")
            .Where(reference => (string?)reference.Attribute("PrivateAssets") != "all")
            .Select(Name)
            .Except(RuntimePackages));

    [Fact]
    public void RuntimeAssembly_UsesThePlatformAndAbstractionsOnly() =>
        Violations.AssertNone(typeof(StreamingContext).Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && !RuntimeAssemblies.Contains(name)));

    [Fact]
    public void TestKit_ReferencesTheRuntimesPublicSurface_AndNoTestFramework()
    {
        const string project = "src/TestKit/TestKit.csproj";
        Assert.Equal(["../Runtime/Runtime.csproj"], References(project, "ProjectReference").Select(Name));
        Assert.All(References(project, "PackageReference"), reference => Assert.Equal("all", (string?)reference.Attribute("PrivateAssets")));
        Assert.DoesNotContain("CodegenStreaming.TestKit", References("src/Runtime/Runtime.csproj", "InternalsVisibleTo").Select(Name));
    }

    [Theory]
    [InlineData("Generators")]
    [InlineData("Analyzers")]
    [InlineData("CodeFixes")]
    public void CompilerExtension_KnowsTheRuntimeByNameOnly(string folder)
    {
        foreach (var project in Repository.Sources($"src/{folder}", "*.csproj"))
        {
            Assert.DoesNotContain(References(project, "ProjectReference"), reference => Name(reference).Contains("Runtime.csproj", StringComparison.Ordinal));
            Assert.All(
                References(project, "PackageReference"),
                reference => Assert.Equal("all", (string?)reference.Attribute("PrivateAssets")));
            Assert.Equal("netstandard2.0", Load(project).Descendants("TargetFramework").Single().Value);
        }
    }

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = Repository.Read("CodegenStreaming.sln").Replace('\\', '/');
        Violations.AssertNone(new[] { "src", "tests", "samples", "benchmarks" }
            .SelectMany(folder => Repository.Sources(folder, "*.csproj"))
            .Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Samples_AreInTheReadme_AndTested()
    {
        var readme = Repository.Read("README.md");
        var tested = References("tests/Samples.Tests/Samples.Tests.csproj", "Sample").SelectMany(samples => Name(samples).Split(';')).ToHashSet();
        Violations.AssertNone(Repository.Sources("samples", "*.csproj")
            .Select(project => Path.GetFileNameWithoutExtension(project))
            .Where(sample => !tested.Contains(sample) || !readme.Contains($"\n| `{sample}` | ", StringComparison.Ordinal)));
    }

    [Fact]
    public void PackageVersion_IsCentral() =>
        Violations.AssertNone(new[] { "src", "tests", "samples", "benchmarks" }
            .SelectMany(folder => Repository.Sources(folder, "*.csproj"))
            .SelectMany(project => References(project, "PackageReference"))
            .Where(reference => reference.Attribute("Version") is not null)
            .Select(Name));

    private static XDocument Load(string project) => XDocument.Parse(Repository.Read(project));

    private static IEnumerable<XElement> References(string project, string kind) => Load(project).Descendants(kind);

    private static string Name(XElement reference) => (string?)reference.Attribute("Include") ?? (string?)reference.Attribute("Update") ?? "";
}
