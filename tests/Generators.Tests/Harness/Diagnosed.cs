using System.Text;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Tests.Harness;

/// <summary>Checks what the generator reports for a source whose offending places are marked <c>[|so|]</c>.</summary>
internal static class Diagnosed
{
    public static IReadOnlyList<Diagnostic> Reports(string id, string marked)
    {
        var (text, expected) = Unmark(marked);
        var run = Run(text);
        var actual = run.Diagnostics.Where(diagnostic => diagnostic.Id == id).ToList();
        Assert.Equal(expected, [.. actual.Select(diagnostic => (diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.End)).Order()]);
        Assert.All(actual, diagnostic => Assert.Equal("/src/Program.cs", diagnostic.Location.GetLineSpan().Path));
        return actual;
    }

    /// <summary>Nothing of that id; and the program compiles with what was generated.</summary>
    public static void DoesNotReport(string id, string text)
    {
        var run = Run(text);
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id == id);
        run.AssertCompiles();
    }

    public static GeneratorRun Run(string text)
    {
        var run = GeneratorRun.Over(ProgramCompiler.Create([("Program.cs", text)]));
        Assert.All(run.Result.Results, result => Assert.Null(result.Exception));
        return run;
    }

    private static (string Text, List<(int Start, int End)> Spans) Unmark(string marked)
    {
        var text = new StringBuilder();
        var spans = new List<(int, int)>();
        var rest = marked.AsSpan();
        while (rest.IndexOf("[|") is >= 0 and var open)
        {
            var close = rest.IndexOf("|]");
            text.Append(rest[..open]);
            var start = text.Length;
            text.Append(rest[(open + 2)..close]);
            spans.Add((start, text.Length));
            rest = rest[(close + 2)..];
        }

        return (text.Append(rest).ToString(), spans);
    }
}
