using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Generators.Parse;

/// <summary>
/// The type that a flat-map lambda's body has by itself, where iterating it yields exactly the element type: an array is then iterated as an
/// array, a struct enumerator stays a struct.
/// </summary>
internal static class NaturalType
{
    public static ITypeSymbol? Of(AnonymousFunctionExpressionSyntax lambda, SemanticModel model, ITypeSymbol element, CancellationToken cancellation)
    {
        var results = lambda.ExpressionBody is { } expression ? [expression] : Returned(lambda.Block!);
        ITypeSymbol? natural = null;
        foreach (var result in results)
        {
            var type = model.GetTypeInfo(result, cancellation).Type;
            if (type is null or IErrorTypeSymbol || (natural is not null && !SymbolEqualityComparer.Default.Equals(type, natural)))
            {
                return null;
            }

            natural = type;
        }

        return natural is not null && Yields(natural, element) ? natural : null;
    }

    private static List<ExpressionSyntax> Returned(BlockSyntax block) =>
        [.. block.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>()
            .Select(statement => statement.Expression)
            .OfType<ExpressionSyntax>()];

    private static bool Yields(ITypeSymbol type, ITypeSymbol element)
    {
        switch (type)
        {
            case IArrayTypeSymbol { Rank: 1 } array:
                return SymbolEqualityComparer.Default.Equals(array.ElementType, element);
            case INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } named:
                var methods = Members(named, "GetEnumerator").OfType<IMethodSymbol>()
                    .Where(method => method is { Parameters.Length: 0, TypeParameters.Length: 0, IsStatic: false, DeclaredAccessibility: Accessibility.Public })
                    .ToList();
                return methods is [{ ReturnType: { IsRefLikeType: false } enumerator }]
                    && Members(enumerator, "MoveNext").Count > 0
                    && Members(enumerator, "Current").OfType<IPropertySymbol>().FirstOrDefault() is { } current
                    && SymbolEqualityComparer.Default.Equals(current.Type, element);
            default:
                return false;
        }
    }

    private static List<ISymbol> Members(ITypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            var members = current.GetMembers(name).Where(member => member.DeclaredAccessibility == Accessibility.Public).ToList();
            if (members.Count > 0)
            {
                return members;
            }
        }

        return [];
    }
}
