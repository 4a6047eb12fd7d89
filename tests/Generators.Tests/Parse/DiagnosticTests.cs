using CodegenStreaming.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Tests.Parse;

public sealed class DiagnosticTests
{
    private const string Define = "public void Define(StreamingContext streaming) => streaming.Input<int>(\"numbers\").Map(x => x + 1).Print();";

    [Theory]
    [InlineData("[StreamingPipeline] public class P { " + Define + " }", "CGS0001")]
    [InlineData("public class Outer { [StreamingPipeline] public partial class P { " + Define + " } }", "CGS0001")]
    [InlineData("[StreamingOperators] public static class P { }", "CGS0001")]
    [InlineData("[StreamingPipeline] file partial class P { " + Define + " }", "CGS0001")]
    [InlineData("[StreamingPipeline] public partial class P { }", "CGS0002")]
    [InlineData("[StreamingPipeline] public partial class P { public static void Define(StreamingContext streaming) { } }", "CGS0002")]
    [InlineData("[StreamingPipeline] public partial class P { void Define(StreamingContext streaming) { } }", "CGS0002")]
    [InlineData("[StreamingPipeline] public partial class P { public void Define(StreamingContext streaming, int x) { } }", "CGS0002")]
    [InlineData("[StreamingPipeline] public partial class P { public int Define(StreamingContext streaming) => 1; }", "CGS0002")]
    [InlineData("[StreamingPipeline] public partial class P { public async void Define(StreamingContext streaming) { } }", "CGS0002")]
    [InlineData("[StreamingPipeline] public partial class P { public void Define<T>(StreamingContext streaming) { } }", "CGS0002")]
    [InlineData("public class Base { " + Define + " } [StreamingPipeline] public partial class P : Base { }", "CGS0002")]
    [InlineData("[StreamingPipeline] public static partial class P { }", "CGS0002")]
    [InlineData("[StreamingPipeline] public partial class P { public void Define(StreamingContext s) => s.Input<int>(\"n\").Map(async x => { await Task.Yield(); return x; }).Print(); }", "CGS0003")]
    [InlineData("[StreamingPipeline] public partial class P { public void Define(StreamingContext s) => s.Input<int>(\"n\").ForeachRdd(async r => { await Task.Yield(); r.Count(); }); }", "CGS0003")]
    [InlineData("[StreamingPipeline] public partial class P { public void Define(StreamingContext s) => s.Input<int>(\"n\").ForeachRdd(F); private async void F(Rdd<int> r) => await Task.Yield(); }", "CGS0003")]
    public void Mistake_IsAnError(string text, string id)
    {
        var error = Assert.Single(GeneratorRun.Over(ProgramCompiler.Create([("Program.cs", text)])).Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(id, error.Id);
        Assert.NotNull(error.Location.SourceTree);
    }

    [Fact]
    public void ExplicitDefine_IsAccepted()
    {
        var run = GeneratorRun.Over(ProgramCompiler.Create([("Program.cs",
            "[StreamingPipeline] public partial class P : IStreamingPipeline { void IStreamingPipeline.Define(StreamingContext s) => s.Input<int>(\"n\").Map(x => x + 1).Print(); }")]));
        run.AssertCompiles();
        Assert.Contains(run.Sources, source => source.Text.Contains("Loop0", StringComparison.Ordinal));
    }

    [Fact]
    public void OperatorOutsideAnnotatedClasses_IsReported()
    {
        var run = GeneratorRun.Over(ProgramCompiler.Create([("Program.cs", "public static class Plain { public static DStream<int> Up(DStream<int> s) => s.Map(x => x + 1); }")]));
        Assert.Equal("CGS0007", Assert.Single(run.Diagnostics).Id);
    }

    [Fact]
    public void Output_IsAnnotated()
    {
        var run = GeneratorRun.Over(ProgramCompiler.Create([("Program.cs",
            "[StreamingPipeline] public partial class P { public void Define(StreamingContext s) => s.Input<int>(\"n\").Map(x => x + 1).SaveAsTextFiles(\"folder\"); }")]));
        run.AssertCompiles();
        Assert.Contains(run.Sources, source => source.Text.Contains("source.SaveAsTextFiles(prefix, suffix).At(Sites[1])", StringComparison.Ordinal));
    }

    [Fact]
    public void CallInAnotherPartOfAnAnnotatedClass_IsNotReported()
    {
        var run = GeneratorRun.Over(ProgramCompiler.Create(
        [
            ("A.cs", "[StreamingPipeline] public partial class P { " + Define + " }"),
            ("B.cs", "public partial class P { private DStream<int> Up(DStream<int> s) => s.Map(x => x + 1); }"),
        ]));
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id == "CGS0007");
    }

    [Fact]
    public void Summary_CountsChains()
    {
        var run = GeneratorRun.Over(ProgramCompiler.Create([("Program.cs", "[StreamingPipeline] public partial class P { " + Define + " }")]));
        var summary = Assert.Single(run.Diagnostics, diagnostic => diagnostic.Id == "CGS0008");
        Assert.Equal(DiagnosticSeverity.Hidden, summary.Severity);
        Assert.Equal("'P': 2 operator calls, 1 chains fused (2 calls inside), 0 calls refused, 0 functions through delegates", summary.GetMessage(null));
    }

    [Fact]
    public void Pragma_SilencesADiagnostic()
    {
        var run = GeneratorRun.Over(ProgramCompiler.Create([("Program.cs", "#pragma warning disable CGS0007\npublic static class Plain { public static DStream<int> Up(DStream<int> s) => s.Map(x => x + 1); }")]));
        Assert.All(run.Diagnostics, diagnostic => Assert.True(diagnostic.IsSuppressed));
    }

    [Fact]
    public void EveryRule_HasAHelpLink()
    {
        foreach (var rule in Rules.ById.Values)
        {
            Assert.EndsWith($"{rule.Id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        }
    }

    /// <summary>Code as it is while somebody types: prefixes, and the whole with one token missing.</summary>
    [Fact]
    public void BrokenCode_DoesNotMakeTheGeneratorThrow()
    {
        const string Text = """
            using static System.Math;
            namespace A;
            [StreamingPipeline]
            public sealed partial class P(ResultLog log, int k)
            {
                private int _f = 3;
                private static int Add(int x) => x + 1;
                public void Define(StreamingContext streaming)
                {
                    const int c = 3;
                    var numbers = streaming.Input<int>("numbers").Map(x => (Key: x + _f + c, Abs(x))).Named("n");
                    numbers.ReduceByKey((_, b) => b + k, 1).MapValues(Add).FlatMapValues(v => new[] { v, v }).Print();
                    numbers?.CombineByKey(v => v, (c, v) => c + v, (l, r) => { return l + r; }).ForeachRdd(r => log.Add("o", r.Filter(p => p.Key > 1).Collect()));
                    DStreamMapValuesExtensions.MapValues(function: (int v) => v + 1, source: numbers).MapPartitions(p => p).Glom().Count().Print();
                }
            }
            """;
        var root = ProgramCompiler.Parse("Program.cs", Text, ProgramCompiler.ParseOptions()).GetRoot(TestContext.Current.CancellationToken);
        var texts = Enumerable.Range(0, Text.Length / 20).Select(part => Text[..(part * 20)])
            .Concat(root.DescendantTokens().Where((_, index) => index % 3 == 0).Select(token => Text.Remove(token.SpanStart, token.Span.Length)));
        foreach (var text in texts)
        {
            var run = GeneratorRun.Over(ProgramCompiler.Create([("Program.cs", text)]));
            Assert.True(run.Result.Results.All(result => result.Exception is null), $"{run.Result.Results[0].Exception}\n{text}");
        }
    }
}
