using System.Text;
using CodegenStreaming.Generators.Emit;
using CodegenStreaming.Generators.Incremental;
using CodegenStreaming.Generators.Model;
using CodegenStreaming.Generators.Parse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CodegenStreaming.Generators;

/// <summary>Fuses the chains of operators in classes marked <c>[StreamingPipeline]</c> or <c>[StreamingOperators]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class PipelineGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parsed = Parse(context, KnownTypes.PipelineAttribute, isPipeline: true);
        var operators = Parse(context, KnownTypes.OperatorsAttribute, isPipeline: false);
        Register(context, parsed);
        Register(context, operators);

        var outside = context.SyntaxProvider
            .CreateSyntaxProvider(OutsideCalls.MayBe, OutsideCalls.Find)
            .Where(static diagnostic => diagnostic is not null)
            .WithTrackingName(PipelineSteps.OutsideCalls);
        context.RegisterSourceOutput(
            outside.Combine(context.CompilationProvider), static (output, pair) => output.ReportDiagnostic(pair.Left!.ToDiagnostic(pair.Right)));
    }

    private static IncrementalValuesProvider<ParsedClass> Parse(IncrementalGeneratorInitializationContext context, string attribute, bool isPipeline) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute, static (node, _) => node is TypeDeclarationSyntax, (match, cancellation) => ClassParser.Parse(match, isPipeline, cancellation))
            .Where(static parsed => parsed is not null)
            .Select(static (parsed, _) => parsed!)
            .WithTrackingName(PipelineSteps.Parse);

    private static void Register(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ParsedClass> parsed)
    {
        var loops = parsed.Select(static (parsed, _) => parsed.Loops).Where(static loops => loops is not null).WithTrackingName(PipelineSteps.Loops);
        var sources = loops.SelectMany(static (loops, _) => LoopSource.Write(loops!)).WithTrackingName(PipelineSteps.LoopSources);
        var isDebug = context.CompilationProvider.Select(static (compilation, _) => compilation.Options.OptimizationLevel == OptimizationLevel.Debug);
        var bodies = parsed.Collect().Combine(isDebug)
            .Select(static (pair, _) => pair.Right ? new EquatableArray<BodyLocation>(pair.Left.SelectMany(static parsed => parsed.Bodies)) : default)
            .WithTrackingName(PipelineSteps.Bodies);
        context.RegisterSourceOutput(sources.Combine(bodies), static (output, pair) =>
            output.AddSource(pair.Left.HintName, ToSource(SequencePoints.Join(pair.Left.Text, pair.Right.Where(body => body.ClassKey == pair.Left.ClassKey)))));

        var sites = parsed.Select(static (parsed, _) => parsed.Sites).Where(static sites => sites is { Sites.Count: > 0 }).WithTrackingName(PipelineSteps.Sites);
        context.RegisterSourceOutput(sites, static (output, sites) => output.AddSource($"{sites!.HintName}.Sites.g.cs", ToSource(InterceptorsWriter.Write(sites))));

        // What can be suppressed is reported in its syntax tree, so anew for each compilation; the summary of a class without faults is not.
        var diagnostics = parsed.SelectMany(static (parsed, _) => parsed.Diagnostics).WithTrackingName(PipelineSteps.Diagnostics);
        context.RegisterSourceOutput(
            diagnostics.Where(static diagnostic => diagnostic.Id != Rules.Summary.Id).Combine(context.CompilationProvider),
            static (output, pair) => output.ReportDiagnostic(pair.Left.ToDiagnostic(pair.Right)));
        context.RegisterSourceOutput(
            diagnostics.Where(static diagnostic => diagnostic.Id == Rules.Summary.Id),
            static (output, summary) => output.ReportDiagnostic(summary.ToDiagnostic(null)));
    }

    private static SourceText ToSource(string text) => SourceText.From(text, Encoding.UTF8, SourceHashAlgorithm.Sha256);
}
