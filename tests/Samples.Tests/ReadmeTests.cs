namespace CodegenStreaming.Samples.Tests;

/// <summary>The README shows what is there.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void ShowsTheLoopThatTheGeneratorWrites()
    {
        var shown = CodeBlocks().Single(block => block.Contains("class Loop0", StringComparison.Ordinal));
        var written = Compact(File.ReadAllText(
            Directory.GetFiles(BuildOutput.Generated, "CodegenStreaming.Samples.NetworkWordCount.g.cs", SearchOption.AllDirectories).Single()));

        var next = 0;
        foreach (var line in shown.Split('\n'))
        {
            var text = Compact(line);
            var found = written.IndexOf(text, next, StringComparison.Ordinal);
            Assert.True(found >= 0, $"The README shows a line that is not, or not in this order, in the generated file: {line}");
            next = found + text.Length;
        }
    }

    [Fact]
    public void ShowsThePipelineOfTheSample()
    {
        var sample = File.ReadAllText(Path.Combine(Path.GetDirectoryName(BuildOutput.Readme)!, "samples", "NetworkWordCount", "NetworkWordCount.cs"));
        var pipeline = sample[sample.IndexOf("[StreamingPipeline]", StringComparison.Ordinal)..];

        Assert.Contains(CodeBlocks(), block => block == pipeline);
    }

    private static IEnumerable<string> CodeBlocks() =>
        File.ReadAllText(BuildOutput.Readme).Split("```csharp\n").Skip(1).Select(text => text[..text.IndexOf("```", StringComparison.Ordinal)]);

    /// <summary>Without white space and line directives, which a debug build adds in the middle of statements.</summary>
    private static string Compact(string text) => string.Concat(
        text.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith('#')).SelectMany(line => line.Where(character => !char.IsWhiteSpace(character))));
}
