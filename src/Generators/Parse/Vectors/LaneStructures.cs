using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Generators.Parse.Vectors;

/// <summary>What is certain about a structure's members from its declaration: which are plain memory, and what a constructor assigns.</summary>
internal static class LaneStructures
{
    /// <summary>One name for a tuple's element, however it is written.</summary>
    public static string MemberName(ISymbol member) => member is IFieldSymbol { CorrespondingTupleField: { } element } ? element.Name : member.Name;

    /// <summary>Whether reading the member reads memory and does nothing else: a field, or a property that the compiler writes, as far as can be seen.</summary>
    public static bool IsPlainMember(ISymbol member, out ITypeSymbol type)
    {
        switch (member)
        {
            case IFieldSymbol { IsStatic: false, IsConst: false, IsVolatile: false, IsFixedSizeBuffer: false } field when !field.ContainingType.IsReferenceType:
                type = field.Type;
                return true;
            case IPropertySymbol { IsStatic: false, IsIndexer: false } property when !property.ContainingType.IsReferenceType && IsAutomatic(property):
                type = property.Type;
                return true;
            default:
                type = null!;
                return false;
        }
    }

    /// <summary>The members that a record structure's positional constructor assigns, in its order; none for the constructor without parameters.</summary>
    public static IReadOnlyList<string>? PositionalMembers(IMethodSymbol constructor)
    {
        var type = constructor.ContainingType;
        if (type is not { TypeKind: TypeKind.Struct, IsRecord: true } || constructor.Parameters.Length == 0
            || constructor.DeclaringSyntaxReferences is not [var declared]
            || declared.GetSyntax() is not RecordDeclarationSyntax { ParameterList: { } list } record
            || record.Members.OfType<BaseFieldDeclarationSyntax>().Any() || record.Members.OfType<PropertyDeclarationSyntax>().Any()
            || type.DeclaringSyntaxReferences.Length != 1)
        {
            return null;
        }

        return [.. list.Parameters.Select(parameter => parameter.Identifier.ValueText)];
    }

    /// <summary>Without a body in its source: <c>{ get; set; }</c> or a record's parameter.</summary>
    private static bool IsAutomatic(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences is [var declared] && declared.GetSyntax() switch
        {
            ParameterSyntax => true,
            PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } accessors } => accessors.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null }),
            _ => false,
        };
}
