using CodegenStreaming.Generators.Incremental;
using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Generators.Parse;

/// <summary>What one parse of one class collects. Lives for one parse only.</summary>
internal sealed class ClassParse(INamedTypeSymbol type, KnownTypes known, string key, bool isPipeline, CancellationToken cancellation)
{
    private bool? _callsDefine;

    public INamedTypeSymbol Type => type;

    public KnownTypes Known => known;

    public bool IsPipeline => isPipeline;

    /// <summary>Assembly name, a slash, metadata name.</summary>
    public string Key => key;

    public CancellationToken Cancellation => cancellation;

    public NamePool Names { get; } = new();

    public List<DiagnosticSnapshot> Diagnostics { get; } = [];

    public List<BodyLocation> Bodies { get; } = [];

    /// <summary>How many functions are called through their delegates.</summary>
    public int ThroughDelegate { get; set; }

    /// <summary>Whether the class calls a <c>Define</c>, perhaps that of another instance of itself.</summary>
    public bool CallsDefine => _callsDefine ??= type.DeclaringSyntaxReferences
        .SelectMany(reference => reference.GetSyntax(cancellation).DescendantNodes())
        .OfType<InvocationExpressionSyntax>()
        .Any(call => CallFinder.NameSyntax(call) is SimpleNameSyntax { Identifier.ValueText: "Define" });

    public void AddBody(string bodyKey, SyntaxNode body)
    {
        var lines = body.SyntaxTree.GetLineSpan(body.Span, cancellation);
        var (start, end) = (lines.StartLinePosition, lines.EndLinePosition);
        Bodies.Add(new BodyLocation(key, bodyKey, body.SyntaxTree.FilePath, start.Line + 1, start.Character + 1, end.Line + 1, end.Character + 1));
    }

    /// <summary>A file's path as the compiler records it.</summary>
    public string PathOf(SyntaxTree tree) =>
        tree.FilePath.Length == 0 ? "" : known.Compilation.Options.SourceReferenceResolver?.NormalizePath(tree.FilePath, null) ?? tree.FilePath;
}
