using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Generators.Parse;

/// <summary>What encloses the members of a class in its file: generated code is put into the same, so that names mean the same.</summary>
internal static class ScopeParser
{
    private const string RuntimeNamespace = "CodegenStreaming.CompilerServices";

    /// <summary>Types that loops name, beside those of the runtime's namespace for generated code.</summary>
    private static readonly string[] Others =
    [
        "CodegenStreaming.IStreamingPipeline", "CodegenStreaming.Memory.Utf8Lines", "System.ReadOnlySpan`1", "System.Delegate",
        "System.Collections.Generic.IEnumerable`1", "System.Collections.Generic.EqualityComparer`1", "System.Linq.Enumerable",
        "System.Runtime.CompilerServices.MethodImplAttribute", "System.Runtime.CompilerServices.MethodImplOptions",
        "System.Diagnostics.CodeAnalysis.MaybeNullWhenAttribute", "System.ComponentModel.EditorBrowsableAttribute", "System.ComponentModel.EditorBrowsableState",
    ];

    public static List<ScopeModel> Scopes(TypeDeclarationSyntax declaration, bool useRuntimeNamespace)
    {
        var scopes = new List<ScopeModel>();
        for (SyntaxNode? node = declaration; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case TypeDeclarationSyntax type:
                    scopes.Insert(0, new ScopeModel(Header(type), default));
                    break;
                case BaseNamespaceDeclarationSyntax space:
                    scopes.Insert(0, new ScopeModel($"namespace {space.Name}", new(Texts(space.Externs, space.Usings))));
                    break;
                case CompilationUnitSyntax unit:
                    var usings = Texts(unit.Externs, unit.Usings).ToList();
                    if (useRuntimeNamespace && !usings.Contains($"using {RuntimeNamespace};"))
                    {
                        usings.Insert(unit.Externs.Count, $"using {RuntimeNamespace};");
                    }

                    scopes.Insert(0, new ScopeModel("", new(usings)));
                    break;
            }
        }

        return scopes;
    }

    /// <summary>How generated code in a part names the types it needs: shortly where the short name means just that type.</summary>
    public static (List<KnownNameModel> Names, bool UsesRuntimeNamespace) Names(ClassPart part, Compilation compilation)
    {
        var names = new List<KnownNameModel>();
        var runtime = compilation.GlobalNamespace.GetNamespaceMembers().FirstOrDefault(space => space.Name == "CodegenStreaming")?
            .GetNamespaceMembers().FirstOrDefault(space => space.Name == "CompilerServices")?.GetTypeMembers().Where(type => type.DeclaredAccessibility == Accessibility.Public).ToList() ?? [];
        var usesNamespace = runtime.All(type => Lookup(part, type.Name).All(found => SymbolEqualityComparer.Default.Equals(found, type) || found.Name == type.Name && runtime.Contains(found, SymbolEqualityComparer.Default)));
        names.AddRange(runtime.Select(type => new KnownNameModel(type.Name, usesNamespace ? type.Name : $"global::{RuntimeNamespace}.{type.Name}")).Distinct());
        foreach (var name in Others)
        {
            var type = compilation.GetTypeByMetadataName(name);
            var simple = name.Substring(name.LastIndexOf('.') + 1).Split('`')[0];
            var written = simple.EndsWith("Attribute", StringComparison.Ordinal) ? simple.Substring(0, simple.Length - "Attribute".Length) : simple;
            var found = Lookup(part, simple).Where(symbol => symbol is INamedTypeSymbol named && named.Arity == (type?.Arity ?? 0)).ToList();
            var isShort = found is [var only] && SymbolEqualityComparer.Default.Equals(only, type) && (written == simple || !Lookup(part, written).Any());
            names.Add(new KnownNameModel(written, isShort ? written : "global::" + name.Split('`')[0]));
        }

        return (names, usesNamespace);
    }

    private static System.Collections.Immutable.ImmutableArray<ISymbol> Lookup(ClassPart part, string name) =>
        part.Model.LookupNamespacesAndTypes(part.Declaration.OpenBraceToken.Span.End, name: name);

    private static IEnumerable<string> Texts(SyntaxList<ExternAliasDirectiveSyntax> externs, SyntaxList<UsingDirectiveSyntax> usings) =>
        externs.Select(directive => directive.WithoutTrivia().ToString())
            .Concat(usings.Where(directive => directive.GlobalKeyword.IsKind(SyntaxKind.None)).Select(directive => directive.WithoutTrivia().ToString()));

    private static string Header(TypeDeclarationSyntax type)
    {
        var keyword = type is RecordDeclarationSyntax record && !record.ClassOrStructKeyword.IsKind(SyntaxKind.None)
            ? $"record {record.ClassOrStructKeyword.ValueText}"
            : type.Keyword.ValueText;
        return $"partial {keyword} {type.Identifier.Text}{type.TypeParameterList?.WithoutTrivia()}";
    }
}
