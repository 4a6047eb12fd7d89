using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse;

/// <summary>
/// The function of a specification, <c>StateSpec.Function(…).Timeout(…)</c>: written in the call, or in a local that is never given another value, or in a static
/// read-only field of the same class.
/// </summary>
internal static class SpecifiedFunction
{
    public static IArgumentOperation[] Of(IInvocationOperation operation)
    {
        var value = operation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "spec")?.Value;
        for (var steps = 0; steps < 100; steps++)
        {
            switch (value)
            {
                case IInvocationOperation { TargetMethod.ContainingType: { Name: "StateSpec", ContainingNamespace.Name: "CodegenStreaming" } } call:
                    if (call is { TargetMethod: { Name: "Function", IsStatic: true }, Arguments: [var function] })
                    {
                        return [function];
                    }

                    value = call.Instance;
                    break;
                case ILocalReferenceOperation { Local: { RefKind: RefKind.None, IsForEach: false } local }:
                    value = InitialValue(local, operation);
                    break;
                case IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } field }:
                    value = InitialValue(field, operation);
                    break;
                default:
                    return [];
            }
        }

        return [];
    }

    /// <summary>What it is declared with, where it is never given anything else, and names mean the same there as at the call.</summary>
    private static IOperation? InitialValue(ISymbol variable, IInvocationOperation call)
    {
        if (variable.DeclaringSyntaxReferences is not [var reference]
            || reference.SyntaxTree != call.Syntax.SyntaxTree
            || reference.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } initial } declarator
            || declarator.FirstAncestorOrSelf<TypeDeclarationSyntax>() != call.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>())
        {
            return null;
        }

        // A static read-only field is assigned by a static constructor only, besides; a local by whatever is in its member, lambdas included.
        var isAssigned = variable is IFieldSymbol
            ? variable.ContainingType.StaticConstructors.Any(constructor => !constructor.IsImplicitlyDeclared)
            : declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantNodes().Any(node => Assigns(node, variable.Name));
        return isAssigned ? null : call.SemanticModel!.GetOperation(initial);
    }

    /// <summary>By its name: another variable of the same name counts too.</summary>
    private static bool Assigns(SyntaxNode node, string name) => node switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left.DescendantNodesAndSelf().Any(part => part is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name),
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None) && argument.Expression.ToString() == name,
        RefExpressionSyntax reference => reference.Expression.ToString() == name,
        _ => false,
    };
}
