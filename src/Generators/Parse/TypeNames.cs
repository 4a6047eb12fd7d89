using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Parse;

/// <summary>Names types as the code at a place of the user's file would.</summary>
internal sealed class TypeNames(SemanticModel model, int position, INamedTypeSymbol within)
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.MinimallyQualifiedFormat.WithMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    public Compilation Compilation => model.Compilation;

    /// <summary>The type with the names of its tuples' elements.</summary>
    public string WithElementNames(ITypeSymbol type) => type.ToMinimalDisplayString(model, position, Format);

    /// <summary>The type without the names of its tuples' elements: one text for identical types.</summary>
    public string Of(ITypeSymbol type) => WithElementNames(WithoutElementNames(type));

    /// <summary>Whether a name means a type or a namespace already.</summary>
    public bool IsSeen(string name) => model.LookupNamespacesAndTypes(position, name: name).Length > 0;

    /// <summary>Why generated code cannot name a type; null where it can.</summary>
    public string? WhyNot(ITypeSymbol type) => type switch
    {
        IErrorTypeSymbol => "its type is not known",
        IDynamicTypeSymbol => "its type is dynamic",
        { IsAnonymousType: true } => "its type is anonymous",
        IArrayTypeSymbol array => WhyNot(array.ElementType),
        ITypeParameterSymbol parameter when IsOfMethod(parameter) => $"its type has the type parameter {parameter.Name} of a method",
        ITypeParameterSymbol => null,
        INamedTypeSymbol named => WhyNotNamed(named),
        _ => $"the type {type.ToDisplayString(Format)} cannot be a record",
    };

    public static bool MentionsMethodParameter(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => IsOfMethod(parameter),
        IArrayTypeSymbol array => MentionsMethodParameter(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(MentionsMethodParameter) || (named.ContainingType is { } outer && MentionsMethodParameter(outer)),
        _ => false,
    };

    /// <summary>Whether a type parameter belongs to a method or to a block of extension members, so that members of the class do not see it.</summary>
    public static bool IsOfMethod(ITypeParameterSymbol parameter) =>
        parameter.TypeParameterKind == TypeParameterKind.Method || parameter.DeclaringType is { TypeKind: TypeKind.Extension };

    private string? WhyNotNamed(INamedTypeSymbol named)
    {
        for (var type = named; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
            {
                return $"the type {type.Name} is local to its file";
            }

            if (type.TypeArguments.Select(WhyNot).FirstOrDefault(reason => reason is not null) is { } argument)
            {
                return argument;
            }
        }

        return model.Compilation.IsSymbolAccessibleWithin(named.OriginalDefinition, within) ? null : $"the type {named.Name} is not accessible";
    }

    private ITypeSymbol WithoutElementNames(ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return model.Compilation.CreateArrayTypeSymbol(WithoutElementNames(array.ElementType), array.Rank);
            case INamedTypeSymbol { IsTupleType: true, TupleElements.Length: > 1 } tuple:
                return model.Compilation.CreateTupleTypeSymbol(tuple.TupleElements.Select(element => WithoutElementNames(element.Type)).ToImmutableArray());
            case INamedTypeSymbol { TypeArguments.Length: > 0 } named when named.ContainingType is not { IsGenericType: true }:
                return named.OriginalDefinition.Construct([.. named.TypeArguments.Select(WithoutElementNames)]);
            default:
                return type;
        }
    }
}
