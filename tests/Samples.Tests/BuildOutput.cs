using System.Reflection;

namespace CodegenStreaming.Samples.Tests;

/// <summary>Where the build has put what the tests look at.</summary>
internal static class BuildOutput
{
    public static string NetworkWordCount => Path("NetworkWordCount");

    public static string Enrichment => Path("Enrichment");

    public static string PostgresSink => Path("PostgresSink");

    /// <summary>The folder of the files that the generator wrote for NetworkWordCount.</summary>
    public static string Generated => Path("Generated");

    public static string Readme => Path("Readme");

    private static string Path(string name) =>
        typeof(BuildOutput).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == name).Value!;
}
