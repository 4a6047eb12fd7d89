using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Parse;

/// <summary>Decides how keys of a type are compared and hashed.</summary>
internal static class KeyParser
{
    /// <summary>More elements than a tuple has without nesting another one.</summary>
    private const int TooMany = 8;

    public static KeyModel Parse(ITypeSymbol type, TypeNames types, KnownTypes known)
    {
        var equality = type.SpecialType switch
        {
            SpecialType.System_String => KeyEquality.String,
            SpecialType.System_Boolean or SpecialType.System_Char => KeyEquality.Operator,
            >= SpecialType.System_SByte and <= SpecialType.System_UInt64 => KeyEquality.Operator,
            _ when type is INamedTypeSymbol { IsTupleType: true, TupleElements.Length: < TooMany } => KeyEquality.Tuple,
            _ => SymbolEqualityComparer.Default.Equals(type, known.Text) ? KeyEquality.Utf8 : KeyEquality.Default,
        };
        var elements = equality == KeyEquality.Tuple ? ((INamedTypeSymbol)type).TupleElements.Select(element => Parse(element.Type, types, known)) : [];
        return new KeyModel(types.Of(type), equality, new(elements));
    }
}
