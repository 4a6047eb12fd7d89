using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Parse.Vectors;

/// <summary>The system's functions that vectors have too, with the same results to the last bit.</summary>
internal static class LaneFunctions
{
    /// <summary>The call of a static method; the arguments have its parameters' types.</summary>
    public static LaneExpression? Call(IMethodSymbol method, IReadOnlyList<LaneExpression> arguments)
    {
        var type = method.ContainingType;
        var isMath = type is { Name: "Math" or "MathF", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };
        var isNumber = type.SpecialType is SpecialType.System_Double or SpecialType.System_Single;
        var isInteger = type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;
        if (!isMath && !isNumber && !isInteger)
        {
            return null;
        }

        return (method.Name, arguments) switch
        {
            ("Min", [var left, var right]) => LaneOperations.Of(left.Type, LaneOperator.Min, left, right),
            ("Max", [var left, var right]) => LaneOperations.Of(left.Type, LaneOperator.Max, left, right),
            ("Clamp", [var value, { Operator: LaneOperator.Constant } low, { Operator: LaneOperator.Constant } high]) when isMath => Clamp(value, low, high),
            ("Abs", [{ Type: LaneType.Single or LaneType.Double } value]) => LaneOperations.Of(value.Type, LaneOperator.Abs, value),
            ("Sqrt", [var value]) => LaneOperations.Of(value.Type, LaneOperator.Sqrt, value),
            ("Floor", [var value]) => LaneOperations.Of(value.Type, LaneOperator.Floor, value),
            ("Ceiling", [var value]) => LaneOperations.Of(value.Type, LaneOperator.Ceiling, value),
            ("Truncate", [var value]) => LaneOperations.Of(value.Type, LaneOperator.Truncate, value),
            ("Round", [var value]) => LaneOperations.Of(value.Type, LaneOperator.Round, value),
            ("IsNaN", [var value]) when isNumber => LaneOperations.Compare(LaneOperator.NotEquals, value, value),
            _ => null,
        };
    }

    /// <summary>As <c>Math.Clamp</c> compares, which leaves NaN and the sign of zero alone. Bounds in the wrong order throw there.</summary>
    private static LaneExpression? Clamp(LaneExpression value, LaneExpression low, LaneExpression high)
    {
        if (Number(low) is not { } from || Number(high) is not { } to || from > to)
        {
            return null;
        }

        var below = LaneOperations.Compare(LaneOperator.LessThan, value, low);
        var above = LaneOperations.Compare(LaneOperator.GreaterThan, value, high);
        return LaneOperations.Select(below, low, LaneOperations.Select(above, high, value)!);
    }

    private static double? Number(LaneExpression constant) =>
        double.TryParse(
            constant.Text.TrimEnd('d', 'f', 'L', 'U'), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
