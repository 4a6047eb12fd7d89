namespace CodegenStreaming.Package.Tests;

/// <summary>The programs that the tests build against the package.</summary>
internal static class Programs
{
    /// <summary>Runs the README's pipeline against HOST PORT until its standard input ends, then says what the plan fused.</summary>
    public const string Main = """
        await using var streaming = new StreamingContext(new StreamingOptions { Master = "local[2]", BatchInterval = TimeSpan.FromMilliseconds(200) });
        streaming.Add(new NetworkWordCount(args[0], int.Parse(args[1])));
        streaming.Start();
        Console.In.ReadToEnd();
        await streaming.StopAsync();
        Console.WriteLine($"bound {streaming.Plan.BoundSites.Count}, unbound {streaming.Plan.UnboundSites.Count}");
        """;

    public const string Project = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="CodegenStreaming" Version="{PackedPackage.Version}" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>A console project as <c>dotnet new</c> makes it, with the package and the README's pipeline.</summary>
    public static void WriteProject(Scratch folder)
    {
        folder.Write("WordCount.csproj", Project);
        folder.Write("NetworkWordCount.cs", $"using CodegenStreaming;\n\n{Readme.Pipeline}");
        folder.Write("Program.cs", $"using CodegenStreaming;\n\n{Main}");
    }

    /// <summary>The same as one file.</summary>
    public static void WriteSingleFile(Scratch folder) =>
        folder.Write("app.cs", $"#:package CodegenStreaming@{PackedPackage.Version}\nusing CodegenStreaming;\n\n{Main}\n\n{Readme.Pipeline}");
}
