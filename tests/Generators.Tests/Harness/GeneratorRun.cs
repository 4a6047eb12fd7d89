using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CodegenStreaming.Generators.Tests.Harness;

/// <summary>One run of the generator over a compilation.</summary>
internal sealed class GeneratorRun
{
    private GeneratorRun(GeneratorDriver driver, CSharpCompilation input, Compilation output, ImmutableArray<Diagnostic> diagnostics) =>
        (Driver, Input, Output, Diagnostics) = (driver, input, output, diagnostics);

    public GeneratorDriver Driver { get; }

    public CSharpCompilation Input { get; }

    /// <summary>The compilation with the generated sources.</summary>
    public Compilation Output { get; }

    /// <summary>What the generator reported.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public GeneratorDriverRunResult Result => Driver.GetRunResult();

    public IReadOnlyList<(string Name, string Text)> Sources =>
        [.. Result.Results.SelectMany(result => result.GeneratedSources).Select(source => (source.HintName, source.SourceText.ToString()))];

    public static GeneratorRun Over(CSharpCompilation compilation, GeneratorDriver? driver = null)
    {
        driver ??= NewDriver(compilation);
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        return new GeneratorRun(driver, compilation, output, diagnostics);
    }

    public static GeneratorDriver NewDriver(CSharpCompilation compilation) =>
        CSharpGeneratorDriver.Create(
            [new PipelineGenerator().AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>No error anywhere, no warning in generated code, no exception in the generator.</summary>
    /// <param name="compiled">What the compiler has said of the output; it is asked when null.</param>
    public void AssertCompiles(IEnumerable<Diagnostic>? compiled = null)
    {
        var generated = Output.SyntaxTrees.Except(Input.SyntaxTrees).ToHashSet();
        var offending = (compiled ?? Output.GetDiagnostics())
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error
                || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Location.SourceTree is { } tree && generated.Contains(tree)))
            .Concat(Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            .ToList();
        foreach (var result in Result.Results)
        {
            Assert.Null(result.Exception);
        }

        if (offending.Count > 0)
        {
            var trees = offending.Select(diagnostic => diagnostic.Location.SourceTree).OfType<SyntaxTree>().Distinct();
            Assert.Fail($"{string.Join('\n', offending.Take(20))}\n\n{string.Join("\n\n", trees.Select(tree => $"// {tree.FilePath}\n{Numbered(tree.ToString())}"))}");
        }
    }

    private static string Numbered(string text) =>
        string.Join('\n', text.Split('\n').Select((line, index) => $"{index + 1,5} {line}"));
}
