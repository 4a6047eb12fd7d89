using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Incremental;

/// <summary>A diagnostic as data.</summary>
internal sealed record DiagnosticSnapshot(string Id, LocationSnapshot? Location, EquatableArray<string> Arguments)
{
    public static DiagnosticSnapshot Of(DiagnosticDescriptor rule, SyntaxNode node, params string[] arguments) =>
        new(rule.Id, LocationSnapshot.Of(node), new(arguments));

    public static DiagnosticSnapshot Of(DiagnosticDescriptor rule, Location location, params string[] arguments) =>
        new(rule.Id, LocationSnapshot.Of(location), new(arguments));

    /// <summary>The diagnostic; without a compilation, at a bare file location.</summary>
    public Diagnostic ToDiagnostic(Compilation? compilation) =>
        Diagnostic.Create(Rules.ById[Id], Location?.ToLocation(compilation) ?? Microsoft.CodeAnalysis.Location.None, [.. Arguments]);
}
