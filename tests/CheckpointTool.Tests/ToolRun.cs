using System.Text.RegularExpressions;

namespace CodegenStreaming.CheckpointTool.Tests;

/// <summary>The tool as it was called, in this process.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Output">What it has written.</param>
/// <param name="Error">What it has complained of.</param>
internal sealed partial record ToolRun(int Code, string Output, string Error)
{
    public static ToolRun Of(params string[] arguments) => At(TimeProvider.System, arguments);

    public static ToolRun At(TimeProvider time, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = Program.Run(arguments, output, error, time);
        return new ToolRun(code, output.ToString(), error.ToString());
    }

    /// <summary>The row of a table that begins so, its columns divided by one blank.</summary>
    public string Row(params string[] beginning) => Assert.Single(Rows, row => row.StartsWith(string.Join(' ', beginning) + " ", StringComparison.Ordinal));

    /// <summary>All lines, the columns of tables divided by one blank.</summary>
    public IReadOnlyList<string> Rows => [.. Output.Split('\n').Select(line => Blanks().Replace(line, " ").Trim())];

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();
}
