using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse;

/// <summary>
/// The function of a specification, <c>StateSpec.Function(…).Timeout(…)</c>: written in the call, or in a local that is never given another value, or in a static
/// read-only field of the same file.
/// </summary>
internal static class SpecifiedFunction
{
    public static IArgumentOperation[] Of(IInvocationOperation operation)
    {
        var value = operation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "spec")?.Value;
        var model = operation.SemanticModel!;
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
                    value = InitialValue(local, model);
                    break;
                case IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } field }:
                    value = InitialValue(field, model);
                    break;
                default:
                    return [];
            }
        }

        return [];
    }

    /// <summary>What it is declared with, where it is never given anything else.</summary>
    private static IOperation? InitialValue(ISymbol variable, SemanticModel model)
    {
        if (variable.DeclaringSyntaxReferences is not [var reference]
            || reference.SyntaxTree != model.SyntaxTree
            || reference.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } initial } declarator
            || Scope(declarator, variable) is not { } scope
            || scope.DescendantNodes().Any(node => Assigns(node, variable.Name)))
        {
            return null;
        }

        return model.GetOperation(initial);
    }

    /// <summary>Where it could be assigned: a local's member, lambdas in it included; all of a field's type, which must have no part elsewhere.</summary>
    private static SyntaxNode? Scope(VariableDeclaratorSyntax declarator, ISymbol variable)
    {
        if (variable is ILocalSymbol)
        {
            return declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        }

        // A static read-only field is assigned by a static constructor, besides; the generated parts have none.
        return variable.ContainingType.StaticConstructors.All(constructor => constructor.IsImplicitlyDeclared) ? declarator.FirstAncestorOrSelf<TypeDeclarationSyntax>() : null;
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
