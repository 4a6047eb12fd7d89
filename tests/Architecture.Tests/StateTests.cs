using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Architecture.Tests;

/// <summary>The runtime keeps no state of the process: two contexts never see each other.</summary>
public sealed class StateTests
{
    // The process-wide slot of the active context is the one thing there may be one of.
    private static readonly string[] Allowed = ["ActiveContext"];

    private static readonly string[] ReadOnlyTypes =
    [
        "System.Buffers.SearchValues<T>",
        "System.Collections.Frozen.FrozenDictionary<TKey, TValue>",
        "System.Collections.Frozen.FrozenSet<T>",
        "System.IO.Pipelines.StreamPipeReaderOptions",
        "System.Text.Encoding",
        "System.Text.UTF8Encoding",
        "System.Text.CompositeFormat",
    ];

    [Fact]
    public void StaticField_NeverChanges()
    {
        var fields = RuntimeSources.Compilation.SyntaxTrees.SelectMany(StaticFields).ToArray();
        Violations.AssertNone(fields.Where(field => !IsConstant(field) && !Allowed.Contains(field.ContainingType.Name)).Select(field => field.ToDisplayString()));
    }

    private static IEnumerable<IFieldSymbol> StaticFields(SyntaxTree tree)
    {
        var model = RuntimeSources.Compilation.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
            .Select(type => model.GetDeclaredSymbol(type)!)
            .SelectMany(type => type.GetMembers().OfType<IFieldSymbol>())
            .Where(field => field.IsStatic && !field.IsConst && field.DeclaringSyntaxReferences.Concat(field.AssociatedSymbol?.DeclaringSyntaxReferences ?? [])
                .Any(reference => reference.SyntaxTree == tree));
    }

    private static bool IsConstant(IFieldSymbol field) =>
        field.IsReadOnly
        && !field.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ThreadStaticAttribute")
        && IsReadOnly(field.Type, field.ContainingType);

    /// <summary>A value that can't be changed through the field: read-only through and through, or an array that its type keeps to itself.</summary>
    private static bool IsReadOnly(ITypeSymbol type, INamedTypeSymbol owner) => type switch
    {
        IArrayTypeSymbol array => IsReadOnly(array.ElementType, owner),
        { TypeKind: TypeKind.Enum or TypeKind.Delegate } => true,
        { SpecialType: SpecialType.System_String or SpecialType.System_Object } => true,
        { IsValueType: true, SpecialType: not SpecialType.None } => true,
        { IsValueType: true, IsReadOnly: true } => true,
        ITypeParameterSymbol => true,
        INamedTypeSymbol named when ReadOnlyTypes.Contains(named.OriginalDefinition.ToDisplayString()) => true,
        INamedTypeSymbol named when SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, owner.ContainingAssembly) => HasReadOnlyFields(named),
        _ => false,
    };

    private static bool HasReadOnlyFields(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic).All(field => field.IsReadOnly);
}
