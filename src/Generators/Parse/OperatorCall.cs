using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse;

/// <summary>An operator call in an annotated class. Lives for one parse only.</summary>
internal sealed class OperatorCall(
    int number, InvocationExpressionSyntax syntax, IInvocationOperation operation, OperatorKind kind, ITypeSymbol input, ITypeSymbol? output, ClassPart part)
{
    public int Number => number;

    public InvocationExpressionSyntax Syntax => syntax;

    public IInvocationOperation Operation => operation;

    public OperatorKind Kind => kind;

    public IMethodSymbol Method => operation.TargetMethod;

    /// <summary>The type of the records that it reads; of those that it makes where it makes a data set of none.</summary>
    public ITypeSymbol Input => input;

    /// <summary>The type of the records that it makes; null where it makes no stream or data set.</summary>
    public ITypeSymbol? Output => output;

    public ClassPart Part => part;

    /// <summary>The call whose result this one certainly reads, as its only reader.</summary>
    public OperatorCall? Previous { get; set; }

    public OperatorCall? Next { get; set; }

    /// <summary>Why it takes no part in a loop; null where it can.</summary>
    public string? Refusal { get; set; }

    /// <summary>The user's functions that a loop would call, in the order of the operator's parameters.</summary>
    public IReadOnlyList<IArgumentOperation> Functions { get; } = operation.TargetMethod.Name == "MapWithState"
        ? SpecifiedFunction.Of(operation)
        : [.. operation.Arguments
            .Where(argument => argument.Parameter?.Type.TypeKind == TypeKind.Delegate)
            .OrderBy(argument => argument.Parameter!.Ordinal)
            .Take(OperatorTable.FunctionsInLoop(operation.TargetMethod.Name))];

    /// <summary>The functions of a window that run behind the loop: what takes values out, and the filter where there is one.</summary>
    public IReadOnlyList<IArgumentOperation> FunctionsBehindLoop { get; } =
        [.. operation.Arguments
            .Where(argument => argument is { Parameter.Type.TypeKind: TypeKind.Delegate, ArgumentKind: ArgumentKind.Explicit, Value.ConstantValue.HasValue: false })
            .OrderBy(argument => argument.Parameter!.Ordinal)
            .Skip(OperatorTable.FunctionsInLoop(operation.TargetMethod.Name))];

    /// <summary>The stream or data set that it is called on.</summary>
    public IOperation? Source => operation.Instance ?? operation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;

    /// <summary>True for an operator with a state whose function is called key by key or record by record.</summary>
    public bool HasStateFunction => kind == OperatorKind.KeepState
        && Functions is [{ Parameter.Type: INamedTypeSymbol { DelegateInvokeMethod.Parameters.Length: > 1 } }];

    /// <summary>The name at the call, for locations.</summary>
    public SyntaxNode NameSyntax => CallFinder.NameSyntax(syntax);
}
