using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse.Vectors;

/// <summary>
/// Whether a reduce function gives the same to the last bit in whatever order and grouping: integer sums and the like. A floating-point sum does not:
/// it keeps its order.
/// </summary>
internal static class FoldShape
{
    public static LaneFold? Of(IOperation function)
    {
        switch (function)
        {
            case IMethodReferenceOperation { Method: { IsStatic: true } method }:
                return IsInteger(method.ReturnType) ? OfMath(method) : null;
            case IAnonymousFunctionOperation { Symbol.Parameters: [var left, var right] } lambda:
                return lambda.Body.Operations is [IReturnOperation { ReturnedValue: { } result }] && IsInteger(left.Type) ? OfResult(Unwrapped(result, left.Type), left, right) : null;
            default:
                return null;
        }
    }

    /// <summary>
    /// A number of 8 or 16 bits is folded in 32: what a fold's steps cut off, cutting off at the end does too. In a checked context nothing is cut off.
    /// </summary>
    private static IOperation Unwrapped(IOperation result, ITypeSymbol type) =>
        result is IConversionOperation { IsChecked: false, OperatorMethod: null } conversion && IsSmall(type) && SymbolEqualityComparer.Default.Equals(conversion.Type, type)
            ? conversion.Operand
            : result;

    private static LaneFold? OfResult(IOperation result, IParameterSymbol left, IParameterSymbol right)
    {
        switch (result)
        {
            case IBinaryOperation { OperatorMethod: null, IsChecked: false } binary when AreBoth(binary.LeftOperand, binary.RightOperand, left, right):
                return binary.OperatorKind switch
                {
                    BinaryOperatorKind.Add => LaneFold.Sum,
                    BinaryOperatorKind.Multiply => LaneFold.Product,
                    BinaryOperatorKind.And => LaneFold.And,
                    BinaryOperatorKind.Or => LaneFold.Or,
                    BinaryOperatorKind.ExclusiveOr => LaneFold.Xor,
                    _ => null,
                };
            case IInvocationOperation { Arguments: [var first, var second] } call when AreBoth(first.Value, second.Value, left, right):
                return OfMath(call.TargetMethod);
            case IConditionalOperation { Condition: IBinaryOperation { OperatorMethod: null } comparison, WhenTrue: { } whenTrue, WhenFalse: { } whenFalse }
                when AreBoth(comparison.LeftOperand, comparison.RightOperand, left, right) && AreBoth(whenTrue, whenFalse, left, right):
                var keepsLeft = Parameter(comparison.LeftOperand)!.Equals(Parameter(whenTrue), SymbolEqualityComparer.Default);
                return comparison.OperatorKind switch
                {
                    BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual => keepsLeft ? LaneFold.Max : LaneFold.Min,
                    BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual => keepsLeft ? LaneFold.Min : LaneFold.Max,
                    _ => null,
                };
            default:
                return null;
        }
    }

    private static LaneFold? OfMath(IMethodSymbol method) =>
        method.ContainingType is { Name: "Math", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
            ? method.Name switch
            {
                "Min" => LaneFold.Min,
                "Max" => LaneFold.Max,
                _ => null,
            }
            : null;

    private static bool AreBoth(IOperation first, IOperation second, IParameterSymbol left, IParameterSymbol right) =>
        Parameter(first) is { } one && Parameter(second) is { } other
        && !SymbolEqualityComparer.Default.Equals(one, other)
        && (SymbolEqualityComparer.Default.Equals(one, left) || SymbolEqualityComparer.Default.Equals(one, right))
        && (SymbolEqualityComparer.Default.Equals(other, left) || SymbolEqualityComparer.Default.Equals(other, right));

    /// <summary>A parameter by itself, or widened to be computed with.</summary>
    private static IParameterSymbol? Parameter(IOperation operation) => operation switch
    {
        IParameterReferenceOperation reference => reference.Parameter,
        IConversionOperation { IsImplicit: true, OperatorMethod: null, Type.SpecialType: SpecialType.System_Int32, Operand: IParameterReferenceOperation { Parameter: { Type: { } type } parameter } }
            when IsSmall(type) => parameter,
        _ => null,
    };

    private static bool IsInteger(ITypeSymbol type) =>
        IsSmall(type) || type.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64;

    private static bool IsSmall(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char;
}
