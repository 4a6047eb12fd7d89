using System.Text.RegularExpressions;

namespace CodegenStreaming.Package.Tests;

/// <summary>A test project as a user of some framework writes it: the README's pipeline, and the first test of the guide, right and wrong.</summary>
internal sealed partial class TestFramework
{
    public static IReadOnlyDictionary<string, TestFramework> All { get; } = new Dictionary<string, TestFramework>
    {
        ["xunit.v3"] = new() { Packages = [("xunit.v3", "4.0.2")], Namespace = "Xunit", OnMethod = "[Fact]" },
        ["NUnit"] = new()
        {
            Packages = [("NUnit", "4.6.1"), ("NUnit3TestAdapter", "6.3.1")],
            Namespace = "NUnit.Framework",
            OnMethod = "[Test]",
            Property = "<EnableNUnitRunner>true</EnableNUnitRunner>",
        },
        ["MSTest"] = new()
        {
            Packages = [("MSTest.TestFramework", "4.5.3"), ("MSTest.TestAdapter", "4.5.3")],
            Namespace = "Microsoft.VisualStudio.TestTools.UnitTesting",
            OnClass = "[TestClass]",
            OnMethod = "[TestMethod]",
            Property = "<EnableMSTestRunner>true</EnableMSTestRunner>",
        },
    };

    public required (string Id, string Version)[] Packages { get; init; }

    public required string Namespace { get; init; }

    public required string OnMethod { get; init; }

    public string OnClass { get; init; } = "";

    public string Property { get; init; } = "";

    /// <summary>The test that a stranger copies out of the guide.</summary>
    private static string Test { get; } = GuideTest().Match(Repository.Read("docs/testing.md")).Groups[1].Value;

    private static string WrongTest { get; } = Test
        .Replace("WordsAreCounted", "WordsAreMiscounted", StringComparison.Ordinal)
        .Replace("(\"be\", 2)", "(\"be\", 7)", StringComparison.Ordinal);

    public void WriteProject(Scratch folder)
    {
        folder.Write("PipelineTests.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                {Property}
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(Packages.Select(package => $"""<PackageReference Include="{package.Id}" Version="{package.Version}" />"""))}
                <PackageReference Include="CodegenStreaming.TestKit" Version="{PackedPackage.Version}" />
              </ItemGroup>
            </Project>
            """);
        folder.Write("NetworkWordCount.cs", $"using CodegenStreaming;\n\n{Readme.Pipeline}");
        folder.Write("NetworkWordCountTests.cs", $$"""
            using CodegenStreaming.TestKit;
            using {{Namespace}};

            {{OnClass}}
            public class NetworkWordCountTests
            {
            {{Test.Replace("[Fact]", OnMethod, StringComparison.Ordinal)}}
            {{WrongTest.Replace("[Fact]", OnMethod, StringComparison.Ordinal)}}
                {{OnMethod}}
                public async Task ChainsAreFused()
                {
                    await using var test = new StreamingTest(new NetworkWordCount("localhost", 9999));
                    test.Start();
                    if (test.Streaming.Plan.UnboundSites.Count > 0)
                    {
                        throw new InvalidOperationException(test.Streaming.Plan.ToString());
                    }
                }
            }
            """);
    }

    [GeneratedRegex("^```csharp\n(\\[Fact\\]\n.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex GuideTest();
}
