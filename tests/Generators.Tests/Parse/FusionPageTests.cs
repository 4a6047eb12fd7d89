using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Parse;

/// <summary>docs/fusion.md lists what does not fuse: each row of its tables is compiled and run.</summary>
public sealed class FusionPageTests
{
    private static readonly BatchData[] Batches = [BatchData.Of<int>("numbers", [1, 2, 3], [4])];

    public static TheoryData<string, string, string> Rows =>
        new(File.ReadLines(Path.Combine(Repository.Root, "docs", "fusion.md"))
            .SkipWhile(line => line != "## What is not")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => (
                line.Split('`')[1],
                line[(line.LastIndexOf('`') + 1)..].Split('|')[1].Trim(),
                line[(line.LastIndexOf('`') + 1)..].Split('|')[2].Trim())));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_IsSo(string statements, string reported, string reason)
    {
        var program = ProgramCompiler.Compile(Program(statements));
        var messages = program.Run.Diagnostics.Where(diagnostic => diagnostic.Id == reported)
            .Select(diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var fused = Run(program, useLoops: true);

        Assert.Equal(Run(program, useLoops: false).Lines, fused.Lines);
        switch (reported)
        {
            case "":
                Assert.DoesNotContain(program.Run.Diagnostics, diagnostic => diagnostic.Id is "CGS0004" or "CGS0005" or "CGS0006" or "CGS0007");
                Assert.DoesNotContain(fused.Bound, site => site.OperatorName != "Print");
                break;
            case "plan":
                Assert.Contains(reason, fused.Report.UnboundSites.Values);
                break;
            case "CGS0006":
                Assert.Contains(reason, Assert.Single(messages), StringComparison.Ordinal);
                Assert.NotEmpty(fused.Bound);
                break;
            default:
                Assert.NotEmpty(messages);
                Assert.All(messages, message => Assert.Contains(reason, message, StringComparison.Ordinal));
                Assert.DoesNotContain(fused.Bound, site => site.OperatorName is "Map" or "Filter");
                break;
        }
    }

    [Fact]
    public void Page_HasRowsForEveryDiagnosticOfACall()
    {
        var ids = Rows.Select(row => row.Data.Item2).Distinct();
        Assert.Equal(["", "CGS0004", "CGS0005", "CGS0006", "CGS0007", "plan"], ids.Order(StringComparer.Ordinal));
    }

    private static RunResult Run(CompiledProgram program, bool useLoops) =>
        PipelineRunner.Run(log => program.Create("Numbers", log), Batches, new RunSettings(useLoops));

    private static string Program(string statements) => $$"""
        using System.Runtime.CompilerServices;

        namespace Fusion;

        file sealed record Hidden(int Value);

        [StreamingPipeline]
        public sealed partial class Numbers(ResultLog log)
        {
            public void Define(StreamingContext streaming)
            {
                var numbers = streaming.Input<int>("numbers");
                {{statements}}
            }

            private static int Caller([CallerLineNumber] int line = 0) => line;
        }

        [StreamingPipeline]
        public sealed partial class Weigher(int weight)
        {
            public void Define(StreamingContext streaming)
            {
            }

            public DStream<int> Weighed(DStream<int> source) => source.Map(n => n * weight);
            {{(statements.Contains("Counted", StringComparison.Ordinal)
                ? "public DStream<int> Counted(DStream<int> source, int calls) { Action count = () => calls++; count(); return source.Map(n => n * weight); }"
                : "")}}
        }
        {{(statements.Contains("Plain", StringComparison.Ordinal)
            ? "public static class Plain { public static DStream<int> Twice(DStream<int> source) => source.Map(n => n * 2); }"
            : "")}}
        """;
}
