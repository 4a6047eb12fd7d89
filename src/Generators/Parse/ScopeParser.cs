using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Generators.Parse;

/// <summary>What encloses the members of a class in its file: generated code is put into the same, so that names mean the same.</summary>
internal static class ScopeParser
{
    /// <summary>Makes the runtime's codecs known by their short names.</summary>
    public const string CodecUsing = $"using {CodecNamespace};";

    private const string RuntimeNamespace = "CodegenStreaming.CompilerServices";
    private const string CodecNamespace = "CodegenStreaming.Codecs";

    /// <summary>Generic types of the system that loops name.</summary>
    private static readonly string[] Generic =
        ["System.ReadOnlySpan`1", "System.Span`1", "System.Collections.Generic.IEnumerable`1", "System.Collections.Generic.EqualityComparer`1"];

    /// <summary>Other types that loops name; an alias makes the name short where nothing else has it.</summary>
    private static readonly string[] Plain =
    [
        "CodegenStreaming.IStreamingPipeline", "CodegenStreaming.Memory.Utf8Lines", "System.Linq.Enumerable",
        "System.Runtime.CompilerServices.MethodImplAttribute", "System.Runtime.CompilerServices.MethodImplOptions",
        "System.Runtime.Intrinsics.Vector128", "System.Runtime.Intrinsics.Vector256", "System.Runtime.Intrinsics.Vector512", "System.Numerics.BitOperations",
    ];

    /// <summary>What encloses the class's members, outermost first.</summary>
    /// <param name="declaration">The class in its file.</param>
    /// <param name="added">Using directives that the file gets beside its own.</param>
    public static List<ScopeModel> Scopes(TypeDeclarationSyntax declaration, IReadOnlyList<string> added)
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
                    var own = Texts(unit.Externs, unit.Usings).ToList();
                    scopes.Insert(0, new ScopeModel("", new(own.Concat(added.Except(own)))));
                    break;
            }
        }

        return scopes;
    }

    /// <summary>How generated code in a part names the types it needs: shortly where the short name means just that type.</summary>
    public static (List<KnownNameModel> Names, List<string> Usings) Names(ClassPart part, Compilation compilation)
    {
        var names = new List<KnownNameModel>();
        var usings = new List<string>();
        var (types, isFree) = TypesBeside(part, compilation.GetTypeByMetadataName($"{RuntimeNamespace}.LoopTable"));
        names.AddRange(types.Select(type => new KnownNameModel(type, isFree ? type : $"global::{RuntimeNamespace}.{type}")));
        if (isFree)
        {
            usings.Add($"using {RuntimeNamespace};");
        }

        foreach (var name in Generic)
        {
            var simple = Simple(name);
            var found = Lookup(part, simple).OfType<INamedTypeSymbol>().Where(type => type.Arity == 1).ToList();
            var isShort = found is [var only] && SymbolEqualityComparer.Default.Equals(only, compilation.GetTypeByMetadataName(name));
            names.Add(new KnownNameModel(simple, isShort ? simple : "global::" + name.Split('`')[0]));
        }

        foreach (var name in Plain)
        {
            var simple = Simple(name);
            var written = simple.EndsWith("Attribute", StringComparison.Ordinal) ? simple.Substring(0, simple.Length - "Attribute".Length) : simple;
            var found = Lookup(part, simple);
            var isFound = found.Length == 1 && SymbolEqualityComparer.Default.Equals(found[0], compilation.GetTypeByMetadataName(name));
            if (!isFound && (found.Length > 0 || Lookup(part, written).Length > 0))
            {
                names.Add(new KnownNameModel(written, "global::" + name));
                continue;
            }

            names.Add(new KnownNameModel(written, written));
            if (!isFound)
            {
                usings.Add($"using {written} = global::{name};");
            }
        }

        return (names, usings);
    }

    /// <summary>What the names of the runtime's codecs need before them: nothing where they mean just these types.</summary>
    public static string CodecPrefix(ClassPart part, Compilation compilation) =>
        TypesBeside(part, compilation.GetTypeByMetadataName($"{CodecNamespace}.RecordCodec")).AreFree ? "" : $"global::{CodecNamespace}.";

    /// <summary>The public types of a runtime's namespace, and whether their names mean nothing else here.</summary>
    private static (List<string> Types, bool AreFree) TypesBeside(ClassPart part, INamedTypeSymbol? type)
    {
        var space = type?.ContainingNamespace;
        var types = space?.GetTypeMembers().Where(type => type.DeclaredAccessibility == Accessibility.Public).Select(type => type.Name).Distinct().ToList() ?? [];
        return (types, types.All(type => Lookup(part, type).All(found => SymbolEqualityComparer.Default.Equals(found.ContainingNamespace, space))));
    }

    private static string Simple(string name) => name.Substring(name.LastIndexOf('.') + 1).Split('`')[0];

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
