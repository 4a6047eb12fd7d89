using System.Reflection;

namespace CodegenStreaming.Samples.Tests;

/// <summary>Where the build has put what the tests look at.</summary>
internal static class BuildOutput
{
    /// <summary>A sample's assembly.</summary>
    public static string Of(string sample) => Path(sample);

    /// <summary>The folder of the files that the generator wrote for NetworkWordCount.</summary>
    public static string Generated => Path("Generated");

    public static string Readme => Path("Readme");

    private static string Path(string name) =>
        typeof(BuildOutput).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == name).Value!;
}
