using System.Text.RegularExpressions;

namespace CodegenStreaming.Package.Tests;

/// <summary>What a stranger copies out of the README.</summary>
internal static partial class Readme
{
    /// <summary>The pipeline class of the first example.</summary>
    public static string Pipeline { get; } = Example().Matches(Repository.Read("README.md"))
        .Select(example => PipelineClass().Match(example.Groups[1].Value))
        .First(pipeline => pipeline.Success)
        .Value;

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    // From the attribute to the brace at the margin.
    [GeneratedRegex(@"^\[StreamingPipeline\]\n.*?^\}\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex PipelineClass();
}
