using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators;

/// <summary>The generator's diagnostics. Each has a page in docs/rules.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor NotPartial = new(
        "CGS0001",
        "A pipeline class must be partial",
        "'{0}' must be partial and not local to its file: the generator adds the loops of '{1}' to it, in a file of its own",
        "Fusion", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CGS0001.md");

    public static readonly DiagnosticDescriptor NoDefine = new(
        "CGS0002",
        "A pipeline class must declare Define",
        "'{0}' must declare 'public void Define(StreamingContext streaming)' itself: {1}",
        "Fusion", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CGS0002.md");

    public static readonly DiagnosticDescriptor AsyncFunction = new(
        "CGS0003",
        "An operator does not await its function",
        "'{0}' does not await its function: {1}",
        "Fusion", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CGS0003.md");

    public static readonly DiagnosticDescriptor GenericMethod = new(
        "CGS0004",
        "An operator call over a method's type parameter runs unfused",
        "'{0}' runs unfused: its records have the type {1}, and loops are not generated for a generic method",
        "Fusion", DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Help + "CGS0004.md");

    public static readonly DiagnosticDescriptor Unfused = new(
        "CGS0005",
        "An operator call runs unfused",
        "'{0}' runs unfused: {1}",
        "Fusion", DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Help + "CGS0005.md");

    public static readonly DiagnosticDescriptor ThroughDelegate = new(
        "CGS0006",
        "A function is called through its delegate",
        "The function of '{0}' is not inlined: {1}",
        "Fusion", DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Help + "CGS0006.md");

    public static readonly DiagnosticDescriptor OutsideAnnotatedClass = new(
        "CGS0007",
        "An operator outside annotated classes runs unfused",
        "'{0}' runs unfused: only classes marked [StreamingPipeline] or [StreamingOperators] are fused",
        "Fusion", DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Help + "CGS0007.md");

    public static readonly DiagnosticDescriptor Summary = new(
        "CGS0008",
        "Fusion summary",
        "'{0}': {1} operator calls, {2} chains fused ({3} calls inside), {4} calls refused, {5} functions through delegates",
        "Fusion", DiagnosticSeverity.Hidden, isEnabledByDefault: true, helpLinkUri: Help + "CGS0008.md");

    public static readonly DiagnosticDescriptor NoCodec = new(
        "CGS0101",
        "What is stored needs a codec",
        "'{0}' cannot store values of {1}: {2}. Store another type, or name a codec for it by [RecordCodec].",
        "Codecs", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "CGS0101.md");

    public static readonly IReadOnlyDictionary<string, DiagnosticDescriptor> ById =
        new[] { NotPartial, NoDefine, AsyncFunction, GenericMethod, Unfused, ThroughDelegate, OutsideAnnotatedClass, Summary, NoCodec }.ToDictionary(rule => rule.Id);

    private const string Help = "docs/rules/";
}
