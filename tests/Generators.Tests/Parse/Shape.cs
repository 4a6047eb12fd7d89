using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Parse;

/// <summary>Runs a small program fused and unfused, and looks at what was fused.</summary>
internal static class Shape
{
    private static readonly BatchData[] Batches =
    [
        BatchData.Of<string>("lines", ["a bb a", "ccc", ""], ["bb dddd"]).And<int>("numbers", [1, 2, 3, -4], [50, 60]),
        BatchData.Of<string>("lines", [], ["x"]).And<int>("numbers", [7]),
    ];

    /// <summary>A program with one pipeline class <c>P</c> that takes a log. Asserts equal results, and that every call with a function ran in a loop.</summary>
    public static (GeneratorRun Run, IReadOnlyList<string> Reasons) AssertFused(string text, params string[] exceptions)
    {
        var (run, bound, reached) = AssertSame([("Program.cs", text)]);
        var missing = reached.Where(site => !bound.Contains(site)
            && !exceptions.Contains(site.Split('(')[0])
            && site.Split('(')[0] is not ("Union" or "Transform" or "TransformWith" or "ForeachRdd" or "ForeachPartition")
            && !site.Contains("()", StringComparison.Ordinal)).ToList();
        Assert.True(missing.Count == 0, $"Not fused: {string.Join("; ", missing)}\n{string.Join('\n', run.Diagnostics)}");
        return (run, [.. run.Diagnostics.Where(diagnostic => diagnostic.Id is "CGS0004" or "CGS0005" or "CGS0006").Select(diagnostic => diagnostic.GetMessage(null))]);
    }

    /// <summary>The same where nothing is to go through a delegate or to be refused.</summary>
    public static GeneratorRun AssertInlined(string text)
    {
        var (run, reasons) = AssertFused(text);
        Assert.Empty(reasons);
        return run;
    }

    public static (GeneratorRun Run, HashSet<string> Bound, HashSet<string> Reached) AssertSame(IReadOnlyList<(string Name, string Text)> sources)
    {
        var program = ProgramCompiler.Compile(sources);
        var fused = PipelineRunner.Run(log => program.Create("P", log), Batches);
        var unfused = PipelineRunner.Run(log => program.Create("P", log), Batches, new RunSettings(UseLoops: false));
        Assert.Equal(unfused.Lines, fused.Lines);
        Assert.NotEmpty(fused.Lines);
        Assert.DoesNotContain(fused.Lines, line => line.Contains("failed:", StringComparison.Ordinal));
        Assert.Empty(fused.Report.UnboundSites);
        return (program.Run, [.. fused.Bound.Select(site => site.ToString())], [.. fused.Report.ReachedSites.Select(site => site.ToString())]);
    }

    /// <summary>A pipeline class around the statements of its <c>Define</c>.</summary>
    public static string Pipeline(string define, string members = "", string before = "", string parameters = "ResultLog log") => $$"""
        {{before}}
        [StreamingPipeline]
        public sealed partial class P({{parameters}})
        {
            public void Define(StreamingContext streaming)
            {
                var lines = streaming.Input<string>("lines");
                var numbers = streaming.Input<int>("numbers");
                {{define}}
            }

            {{members}}
        }
        """;
}
