using CodegenStreaming.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CodegenStreaming.Generators.Tests.Incremental;

/// <summary>An edit re-runs what it concerns, and nothing else.</summary>
public sealed class CachingTests
{
    private const string Pipeline = """
        namespace Cached;

        // Above.
        [StreamingPipeline]
        public sealed partial class Lines
        {
            public void Define(StreamingContext streaming) =>
                streaming.Input<int>("numbers")
                    .Map(number => number + 1)
                    .Filter(number => number > 0)
                    .Print();
        }

        // Below.
        """;

    private const string Other = "namespace Cached; public sealed class Other { public int Number => 1; }";

    [Theory]
    [InlineData(OptimizationLevel.Release)]
    [InlineData(OptimizationLevel.Debug)]
    public void EditOfAnotherFile_RunsNoOutput(OptimizationLevel optimization)
    {
        var run = Edited(optimization, "Other.cs", "Number => 1", "Number => 2 + 3");
        Assert.All(Outputs(run), reason => Assert.True(IsCached(reason), $"{reason}"));
    }

    [Theory]
    [InlineData(OptimizationLevel.Release)]
    [InlineData(OptimizationLevel.Debug)]
    public void NewFile_RunsNoOutput(OptimizationLevel optimization)
    {
        var (run, compilation) = First(optimization);
        var next = compilation.AddSyntaxTrees(ProgramCompiler.Parse("New.cs", "namespace Cached; public sealed class New;", ProgramCompiler.ParseOptions(optimization)));
        Assert.All(Outputs(GeneratorRun.Over(next, run.Driver)), reason => Assert.True(IsCached(reason), $"{reason}"));
    }

    [Theory]
    [InlineData(OptimizationLevel.Release, "// Below.", "// Somewhere below.")]
    [InlineData(OptimizationLevel.Debug, "// Below.", "// Somewhere below.")]
    [InlineData(OptimizationLevel.Release, "// Above.", "// Far\n// above.")]
    public void EditElsewhereInTheFile_LeavesTheLoopsAlone(OptimizationLevel optimization, string old, string now)
    {
        var run = Edited(optimization, "Pipeline.cs", old, now);
        Assert.All(StepsNamed(run, PipelineSteps.Loops), reason => Assert.True(IsCached(reason), $"{reason}"));

        // A call's place is known by a hash of its whole file.
        Assert.Contains(Outputs(run), reason => reason == IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void EditAboveTheClass_MovesSequencePoints_InDebug()
    {
        var (first, _) = First(OptimizationLevel.Debug);
        var run = Edited(OptimizationLevel.Debug, "Pipeline.cs", "// Above.", "// Far\n// above.");
        Assert.Contains("#line (9, ", Loops(first), StringComparison.Ordinal);
        Assert.Contains("#line (10, ", Loops(run), StringComparison.Ordinal);
        Assert.DoesNotContain("#line (9, ", Loops(run).Replace("#line (9, ", "", StringComparison.Ordinal).Length == Loops(run).Length ? "" : Loops(run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OptimizationLevel.Release)]
    [InlineData(OptimizationLevel.Debug)]
    public void EditOfALambda_WritesTheLoopsAnew(OptimizationLevel optimization)
    {
        var (first, _) = First(optimization);
        var run = Edited(optimization, "Pipeline.cs", "number + 1", "number + 2");
        Assert.Contains("number + 1", Loops(first), StringComparison.Ordinal);
        Assert.Contains("number + 2", Loops(run), StringComparison.Ordinal);
        Assert.DoesNotContain("number + 1", Loops(run), StringComparison.Ordinal);
        Assert.Contains(StepsNamed(run, PipelineSteps.Loops), reason => reason == IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void EditOfATypeElsewhere_WritesTheLoopsAnew_WhereItChangesTheirMeaning()
    {
        // The lambda's text stays; the type that it gives does not.
        var sources = new[]
        {
            ("Pipeline.cs", Pipeline.Replace("number + 1", "Other.Twice(number)", StringComparison.Ordinal)),
            ("Other.cs", "namespace Cached; public static class Other { public static int Twice(int n) => n * 2; }"),
        };
        var compilation = ProgramCompiler.Create(sources);
        var first = GeneratorRun.Over(compilation);
        var run = GeneratorRun.Over(Replace(compilation, "Other.cs", "int Twice", "long Twice"), first.Driver);
        run.AssertCompiles();
        Assert.NotEqual(Loops(first), Loops(run));
    }

    [Fact]
    public void EditOfAStoredType_WritesItsCodecAnew_AndAnEditOfItsMethodsDoesNot()
    {
        var compilation = ProgramCompiler.Create(
        [
            ("Pipeline.cs", Pipeline.Replace(".Print()", ".Map(number => new Stored(number)).SaveAsObjectFiles(\"out\")", StringComparison.Ordinal)),
            ("Other.cs", "namespace Cached; public sealed record Stored(int Number) { public long Twice => Number * 2; }"),
        ]);
        var first = GeneratorRun.Over(compilation);
        first.AssertCompiles();
        Assert.Contains("(\"Number\", Int32Codec.Schema)", Loops(first), StringComparison.Ordinal);

        var unchanged = GeneratorRun.Over(Replace(compilation, "Other.cs", "Number * 2", "Number + Number"), first.Driver);
        Assert.All(Outputs(unchanged), reason => Assert.True(IsCached(reason), $"{reason}"));

        var changed = GeneratorRun.Over(Replace(compilation, "Other.cs", "int Number", "long Number"), first.Driver);
        changed.AssertCompiles();
        Assert.Contains("(\"Number\", Int64Codec.Schema)", Loops(changed), StringComparison.Ordinal);
    }

    [Fact]
    public void EditOfAStateType_WritesItsCodecAnew_AndOneOfACodecThatItNamesDoesNot()
    {
        var compilation = ProgramCompiler.Create(
        [
            ("Pipeline.cs", Pipeline.Replace(
                ".Print()", ".Map(number => (number, number)).UpdateStateByKey((IReadOnlyList<int> values, Option<Total> state) => state).Print()", StringComparison.Ordinal)),
            ("Other.cs", """
                using CodegenStreaming.Codecs;

                namespace Cached;

                public sealed record Total(int Number, Own Own) { public long Twice => Number * 2; }

                [RecordCodec(typeof(OwnCodec))]
                public record struct Own(object? Value);

                public struct OwnCodec : ICodec<Own>
                {
                    public static RecordSchema Schema => BooleanCodec.Schema;
                    public static void Write(ref RecordWriter writer, Own value) => writer.WriteByte(1);
                    public static Own Read(ref RecordReader reader) => new(reader.ReadByte());
                }
                """),
        ]);
        var first = GeneratorRun.Over(compilation);
        first.AssertCompiles();
        Assert.Contains("(\"Own\", OwnCodec.Schema)", Loops(first), StringComparison.Ordinal);

        foreach (var (old, now) in new[] { ("Number * 2", "Number + Number"), ("WriteByte(1)", "WriteByte(0)") })
        {
            var unchanged = GeneratorRun.Over(Replace(compilation, "Other.cs", old, now), first.Driver);
            Assert.All(Outputs(unchanged), reason => Assert.True(IsCached(reason), $"{reason}"));
        }

        var changed = GeneratorRun.Over(Replace(compilation, "Other.cs", "int Number", "long Number"), first.Driver);
        changed.AssertCompiles();
        Assert.Contains("(\"Number\", Int64Codec.Schema)", Loops(changed), StringComparison.Ordinal);

        var unnamed = GeneratorRun.Over(Replace(compilation, "Other.cs", "[RecordCodec(typeof(OwnCodec))]", ""), first.Driver);
        Assert.Contains(unnamed.Diagnostics, diagnostic => diagnostic.Id == "CGS0101");
    }

    private static (GeneratorRun Run, CSharpCompilation Compilation) First(OptimizationLevel optimization)
    {
        var compilation = ProgramCompiler.Create([("Pipeline.cs", Pipeline), ("Other.cs", Other)], optimization);
        return (GeneratorRun.Over(compilation), compilation);
    }

    private static GeneratorRun Edited(OptimizationLevel optimization, string file, string old, string now)
    {
        var (run, compilation) = First(optimization);
        var edited = GeneratorRun.Over(Replace(compilation, file, old, now), run.Driver);
        edited.AssertCompiles();
        return edited;
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, string file, string old, string now)
    {
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath.EndsWith("/" + file, StringComparison.Ordinal));
        Assert.Contains(old, tree.ToString(), StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(
            tree, ProgramCompiler.Parse(file, tree.ToString().Replace(old, now, StringComparison.Ordinal), (CSharpParseOptions)tree.Options));
    }

    private static string Loops(GeneratorRun run) => run.Sources.Single(source => source.Text.Contains("FusedLoop", StringComparison.Ordinal)).Text;

    private static List<IncrementalStepRunReason> Outputs(GeneratorRun run)
    {
        var reasons = run.Result.Results.SelectMany(result => result.TrackedOutputSteps.Values).SelectMany(steps => steps)
            .SelectMany(step => step.Outputs).Select(output => output.Reason).ToList();
        Assert.NotEmpty(reasons);
        return reasons;
    }

    private static List<IncrementalStepRunReason> StepsNamed(GeneratorRun run, string name) =>
        [.. run.Result.Results.Single().TrackedSteps[name].SelectMany(step => step.Outputs).Select(output => output.Reason)];

    private static bool IsCached(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;
}
