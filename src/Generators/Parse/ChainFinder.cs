using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse;

/// <summary>
/// Links calls where the later one certainly is the only reader of the earlier one's result: within an expression, and through a local that is
/// read once, where it is declared.
/// </summary>
internal static class ChainFinder
{
    public static void Link(IReadOnlyList<OperatorCall> calls, CancellationToken cancellation)
    {
        var bySyntax = calls.ToDictionary(call => call.Syntax);
        foreach (var call in calls)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Origin(call.Source, call, cancellation) is InvocationExpressionSyntax syntax
                && bySyntax.TryGetValue(syntax, out var previous)
                && previous.Output is not null)
            {
                call.Previous = previous;
                previous.Next = call;
            }
        }
    }

    /// <summary>The call that makes the value, past what returns its own receiver.</summary>
    private static SyntaxNode? Origin(IOperation? value, OperatorCall reader, CancellationToken cancellation)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation { Conversion.IsIdentity: true } conversion:
                    value = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    value = parenthesized.Operand;
                    break;
                case IInvocationOperation { TargetMethod.Name: "Named" or "At" or "Checkpoint", Instance: { } instance } named when IsFluent(named):
                    value = instance;
                    break;
                case IInvocationOperation invocation:
                    return invocation.Syntax;
                case ILocalReferenceOperation local:
                    value = Initializer(local, reader, cancellation);
                    break;
                default:
                    return null;
            }
        }
    }

    private static bool IsFluent(IInvocationOperation call) =>
        SymbolEqualityComparer.Default.Equals(call.TargetMethod.ReturnType, call.TargetMethod.ContainingType)
        && call.TargetMethod.ContainingNamespace.Name == "CodegenStreaming";

    /// <summary>What the local was declared with, when this is its only mention and is reached exactly when the declaration is.</summary>
    private static IOperation? Initializer(ILocalReferenceOperation reference, OperatorCall reader, CancellationToken cancellation)
    {
        if (reference.Local.DeclaringSyntaxReferences is not [var declared]
            || declared.GetSyntax(cancellation) is not VariableDeclaratorSyntax { Initializer.Value: { } initializer } declarator
            || Member(declarator) is not { } member
            || member.DescendantNodes().Any(node => node is GotoStatementSyntax or LabeledStatementSyntax)
            || Repeats(reference.Syntax, member) != Repeats(declarator, member))
        {
            return null;
        }

        var model = reader.Part.Model;
        foreach (var name in member.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name != reference.Syntax
                && name.Identifier.ValueText == reference.Local.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, reference.Local))
            {
                return null;
            }
        }

        return model.GetOperation(initializer, cancellation);
    }

    private static MemberDeclarationSyntax? Member(SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>();

    /// <summary>The innermost loop or function around a node: what may run more often than what is around it.</summary>
    private static SyntaxNode Repeats(SyntaxNode node, SyntaxNode member) =>
        node.Ancestors().First(ancestor => ancestor == member
            || ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax
                or WhileStatementSyntax or DoStatementSyntax or QueryExpressionSyntax);
}
