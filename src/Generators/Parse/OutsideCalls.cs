using CodegenStreaming.Generators.Incremental;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CodegenStreaming.Generators.Parse;

/// <summary>Finds operator calls that no annotated class holds.</summary>
internal static class OutsideCalls
{
    /// <summary>By syntax alone: a call with an operator's name and a function, in a type without a streaming attribute.</summary>
    public static bool MayBe(SyntaxNode node, CancellationToken cancellation) =>
        node is InvocationExpressionSyntax invocation
        && invocation.ArgumentList.Arguments.Count > 0
        && CallFinder.NameOf(invocation) is { } name
        && OperatorTable.MayHaveFunction(name)
        && node.FirstAncestorOrSelf<TypeDeclarationSyntax>(static ancestor => ancestor is not ExtensionBlockDeclarationSyntax) is var type
        && (type is null || !HasAttribute(type));

    public static DiagnosticSnapshot? Find(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        var invocation = (InvocationExpressionSyntax)context.Node;
        if (context.SemanticModel.GetSymbolInfo(invocation, cancellation).Symbol is not IMethodSymbol method
            || KnownTypes.Find(context.SemanticModel.Compilation) is not { } known
            || known.FindOperator(method.ReducedFrom ?? method) is null)
        {
            return null;
        }

        // The attribute may stand on another part of the class.
        var type = context.SemanticModel.GetEnclosingSymbol(invocation.SpanStart, cancellation)?.ContainingType;
        type = type is { TypeKind: TypeKind.Extension } ? type.ContainingType : type;
        var isAnnotated = type?.GetAttributes().Any(attribute =>
            attribute.AttributeClass?.ToDisplayString() is KnownTypes.PipelineAttribute or KnownTypes.OperatorsAttribute) == true;
        return isAnnotated ? null : DiagnosticSnapshot.Of(Rules.OutsideAnnotatedClass, CallFinder.NameSyntax(invocation), method.Name);
    }

    private static bool HasAttribute(TypeDeclarationSyntax type) =>
        type.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is var name
            && (name.Contains("StreamingPipeline") || name.Contains("StreamingOperators")));
}
