using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse.Vectors;

/// <summary>Patterns over numbers, such as <c>x is &gt; 3 and &lt; 10</c>, as conditions on lanes.</summary>
internal static class LanePatterns
{
    public static LaneExpression? Test(LaneValue.Scalar value, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant:
                return Compare(LaneOperator.Equals, value, constant.Value);
            case IRelationalPatternOperation relational:
                return LaneOperations.Comparison(relational.OperatorKind) is { } comparison ? Compare(comparison, value, relational.Value) : null;
            case INegatedPatternOperation negated:
                return Test(value, negated.Pattern) is { } test ? LaneOperations.Not(test) : null;
            case IBinaryPatternOperation binary:
                return Test(value, binary.LeftPattern) is { } left && Test(value, binary.RightPattern) is { } right
                    ? LaneOperations.Binary(binary.OperatorKind, left, right, null)
                    : null;
            default:
                return null;
        }
    }

    /// <summary>A pattern's constant has the value's own type. A pattern takes NaN for equal to NaN, an operator does not.</summary>
    private static LaneExpression? Compare(LaneOperator comparison, LaneValue.Scalar value, Microsoft.CodeAnalysis.IOperation constant) =>
        value.Expression.Type is { } type && !type.IsMask() && !(type.IsFloating() && comparison == LaneOperator.Equals)
        && constant is { ConstantValue: { HasValue: true, Value: { } number }, Type: { } constantType }
        && constantType.SpecialType == value.Type
        && LaneOperations.Constant(number, value.Type) is { } lanes
            ? LaneOperations.Compare(comparison, value.Expression, lanes)
            : null;
}
