using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse;

/// <summary>Finds the operator calls of a class, in source order.</summary>
internal static class CallFinder
{
    public static List<OperatorCall> Find(IEnumerable<ClassPart> parts, KnownTypes known, CancellationToken cancellation)
    {
        var calls = new List<OperatorCall>();
        foreach (var part in parts)
        {
            foreach (var syntax in Calls(part.Declaration, OperatorTable.MayBeOperator))
            {
                cancellation.ThrowIfCancellationRequested();
                if (part.Model.GetOperation(syntax, cancellation) is IInvocationOperation operation
                    && known.FindOperator(operation.TargetMethod) is { } found
                    && (found.Kind != OperatorKind.Keep || OperatorTable.StoresRecords(operation.TargetMethod, found.IsStream))
                    && SourceType(operation) is { } source
                    && known.RecordType(operation.TargetMethod.ReturnType) is var output
                    && (known.RecordType(source) ?? output) is { } input)
                {
                    calls.Add(new OperatorCall(
                        calls.Count, syntax, operation, found.Kind == OperatorKind.Keep ? OperatorKind.Other : found.Kind, input, output, part));
                }
            }
        }

        return calls;
    }

    /// <summary>Calls that have an operator's name.</summary>
    public static string? NameOf(InvocationExpressionSyntax invocation) => invocation.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>A class's calls of certain names, by the place of the name: in a chain the first operator comes first.</summary>
    public static IEnumerable<InvocationExpressionSyntax> Calls(TypeDeclarationSyntax declaration, Func<string, bool> hasName) =>
        declaration.DescendantNodes(node => node == declaration || node is not BaseTypeDeclarationSyntax or ExtensionBlockDeclarationSyntax)
            .OfType<InvocationExpressionSyntax>()
            .Where(invocation => NameOf(invocation) is { } name && hasName(name))
            .OrderBy(call => NameSyntax(call).SpanStart);

    /// <summary>The name at the call, for locations.</summary>
    public static SyntaxNode NameSyntax(InvocationExpressionSyntax invocation) => invocation.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        var other => other,
    };

    private static ITypeSymbol? SourceType(IInvocationOperation operation) =>
        operation.Instance is not null ? operation.TargetMethod.ContainingType
        : operation.TargetMethod.Parameters.Length > 0 ? operation.TargetMethod.Parameters[0].Type
        : null;
}
