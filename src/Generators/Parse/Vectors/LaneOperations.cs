using System.Globalization;
using CodegenStreaming.Generators.Incremental;
using CodegenStreaming.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CodegenStreaming.Generators.Parse.Vectors;

/// <summary>The operations of C# on numbers, as operations on lanes. Null stands for what has no exact counterpart.</summary>
internal static class LaneOperations
{
    /// <summary>The lanes in which C# computes with a type; null for types that have none.</summary>
    public static LaneType? TypeOf(SpecialType type) => type switch
    {
        SpecialType.System_Boolean => LaneType.Mask32,
        SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_Char or SpecialType.System_Int32 => LaneType.Int32,
        SpecialType.System_UInt32 => LaneType.UInt32,
        SpecialType.System_Int64 => LaneType.Int64,
        SpecialType.System_UInt64 => LaneType.UInt64,
        SpecialType.System_Single => LaneType.Single,
        SpecialType.System_Double => LaneType.Double,
        _ => null,
    };

    public static LaneExpression Of(LaneType type, LaneOperator operation, params LaneExpression[] operands) => new(type, operation, new(operands));

    public static LaneExpression Variable(LaneType type, string name) => new(type, LaneOperator.Variable, default, name);

    public static LaneExpression? Constant(object? value, SpecialType type)
    {
        if (TypeOf(type) is not { } lane)
        {
            return null;
        }

        var text = (value, lane) switch
        {
            (bool truth, _) => truth ? "-1" : "0",
            (double number, _) => Floating(number, "double", number.ToString("R", CultureInfo.InvariantCulture) + "d"),
            (float number, _) => Floating(number, "float", number.ToString("R", CultureInfo.InvariantCulture) + "f"),
            (char character, _) => ((int)character).ToString(CultureInfo.InvariantCulture),
            (IFormattable number, LaneType.UInt32) => number.ToString(null, CultureInfo.InvariantCulture) + "U",
            (IFormattable number, LaneType.Int64) => number.ToString(null, CultureInfo.InvariantCulture) + "L",
            (IFormattable number, LaneType.UInt64) => number.ToString(null, CultureInfo.InvariantCulture) + "UL",
            (IFormattable number, LaneType.Int32) => number.ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };
        return text is null ? null : new LaneExpression(lane, LaneOperator.Constant, default, text);
    }

    /// <summary>Both operands have the expression's type already, as the compiler has converted them; for shifts the right one is a number of bits.</summary>
    public static LaneExpression? Binary(BinaryOperatorKind kind, LaneExpression left, LaneExpression right, object? rightConstant)
    {
        if (left.Type.IsMask())
        {
            return Condition(kind, left, right);
        }

        switch (kind)
        {
            case BinaryOperatorKind.Add:
                return Of(left.Type, LaneOperator.Add, left, right);
            case BinaryOperatorKind.Subtract:
                return Of(left.Type, LaneOperator.Subtract, left, right);
            case BinaryOperatorKind.Multiply:
                return Of(left.Type, LaneOperator.Multiply, left, right);
            case BinaryOperatorKind.Divide when left.Type.IsFloating():
                return Of(left.Type, LaneOperator.Divide, left, right);
            case BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder when !left.Type.IsFloating():
                return ByConstant(kind == BinaryOperatorKind.Divide, left, rightConstant);
            case BinaryOperatorKind.And when !left.Type.IsFloating():
                return Of(left.Type, LaneOperator.And, left, right);
            case BinaryOperatorKind.Or when !left.Type.IsFloating():
                return Of(left.Type, LaneOperator.Or, left, right);
            case BinaryOperatorKind.ExclusiveOr when !left.Type.IsFloating():
                return Of(left.Type, LaneOperator.Xor, left, right);
            case BinaryOperatorKind.LeftShift:
                return Shift(LaneOperator.ShiftLeft, left, right, rightConstant);
            case BinaryOperatorKind.RightShift:
                return Shift(LaneOperator.ShiftRight, left, right, rightConstant);
            case BinaryOperatorKind.UnsignedRightShift:
                return Shift(LaneOperator.ShiftRightLogical, left, right, rightConstant);
        }

        return Comparison(kind) is { } comparison ? Compare(comparison, left, right) : null;
    }

    public static LaneExpression Compare(LaneOperator comparison, LaneExpression left, LaneExpression right) =>
        Of(LaneTypes.MaskOf(left.Type), comparison, ParityTest(comparison, left, right) ?? left, right);

    public static LaneOperator? Comparison(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equals => LaneOperator.Equals,
        BinaryOperatorKind.NotEquals => LaneOperator.NotEquals,
        BinaryOperatorKind.LessThan => LaneOperator.LessThan,
        BinaryOperatorKind.LessThanOrEqual => LaneOperator.LessThanOrEqual,
        BinaryOperatorKind.GreaterThan => LaneOperator.GreaterThan,
        BinaryOperatorKind.GreaterThanOrEqual => LaneOperator.GreaterThanOrEqual,
        _ => null,
    };

    /// <summary>Masks of one size: a condition on numbers of 32 bits joined to one on 64 bits is widened.</summary>
    public static (LaneExpression Left, LaneExpression Right) SameMasks(LaneExpression left, LaneExpression right) =>
        left.Type == right.Type ? (left, right) : (Widened(left), Widened(right));

    public static LaneExpression Not(LaneExpression condition) => Of(condition.Type, LaneOperator.Complement, condition);

    /// <summary>One of two values, or of two conditions.</summary>
    public static LaneExpression? Select(LaneExpression condition, LaneExpression whenTrue, LaneExpression whenFalse)
    {
        if (whenTrue.Type.IsMask())
        {
            if (!whenFalse.Type.IsMask())
            {
                return null;
            }

            (whenTrue, whenFalse) = SameMasks(whenTrue, whenFalse);
            (condition, whenTrue) = SameMasks(condition, whenTrue);
            (condition, whenFalse) = SameMasks(condition, whenFalse);
        }

        var mask = LaneTypes.MaskOf(whenTrue.Type);
        return whenTrue.Type != whenFalse.Type
            ? null
            : Of(whenTrue.Type, LaneOperator.Select, condition.Type == mask ? condition : Of(mask, LaneOperator.Convert, condition), whenTrue, whenFalse);
    }

    public static LaneExpression? Convert(LaneExpression value, SpecialType from, SpecialType to)
    {
        if (from == to)
        {
            return value;
        }

        if (TypeOf(to) is not { } type || from == SpecialType.System_Boolean || to == SpecialType.System_Boolean)
        {
            return null;
        }

        if (Bits(to) is var (bits, isSigned))
        {
            return value.Type.IsFloating() ? null : Small(value, from, bits, isSigned);
        }

        return value.Type == type ? value : Of(type, LaneOperator.Convert, value);
    }

    private static LaneExpression Widened(LaneExpression mask) =>
        mask.Type == LaneType.Mask64 ? mask : Of(LaneType.Mask64, LaneOperator.Convert, mask);

    private static LaneExpression? Condition(BinaryOperatorKind kind, LaneExpression left, LaneExpression right)
    {
        if (!right.Type.IsMask())
        {
            return null;
        }

        (left, right) = SameMasks(left, right);
        return kind switch
        {
            BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd => Of(left.Type, LaneOperator.And, left, right),
            BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr => Of(left.Type, LaneOperator.Or, left, right),
            BinaryOperatorKind.ExclusiveOr or BinaryOperatorKind.NotEquals => Of(left.Type, LaneOperator.Xor, left, right),
            BinaryOperatorKind.Equals => Not(Of(left.Type, LaneOperator.Xor, left, right)),
            _ => null,
        };
    }

    private static LaneExpression? Shift(LaneOperator shift, LaneExpression value, LaneExpression count, object? constant)
    {
        if (value.Type.IsFloating())
        {
            return null;
        }

        if (constant is int bits)
        {
            return new LaneExpression(value.Type, shift, new([value]), (bits & (value.Type.IsWide() ? 63 : 31)).ToString(CultureInfo.InvariantCulture));
        }

        var each = shift switch
        {
            LaneOperator.ShiftLeft => LaneOperator.ShiftLeftEach,
            LaneOperator.ShiftRight => LaneOperator.ShiftRightEach,
            _ => LaneOperator.ShiftRightLogicalEach,
        };
        return count.Type == LaneType.Int32
            ? Of(value.Type, each, value, value.Type.IsWide() ? Of(LaneType.Int64, LaneOperator.Convert, count) : count)
            : null;
    }

    /// <summary>Zero throws, and so does the smallest number divided by minus one.</summary>
    private static LaneExpression? ByConstant(bool divides, LaneExpression value, object? constant)
    {
        if (constant is null || System.Convert.ToDecimal(constant, CultureInfo.InvariantCulture) is 0 or -1)
        {
            return null;
        }

        var divisor = System.Convert.ToDecimal(constant, CultureInfo.InvariantCulture);
        if (value.Type is LaneType.UInt32 or LaneType.UInt64 && PowerOfTwo(divisor) is { } exponent)
        {
            return divides
                ? new LaneExpression(value.Type, LaneOperator.ShiftRight, new([value]), exponent.ToString(CultureInfo.InvariantCulture))
                : Of(value.Type, LaneOperator.And, value, Number(value.Type, divisor - 1));
        }

        var operation = divides ? LaneOperator.DivideByConstant : LaneOperator.RemainderByConstant;
        return new LaneExpression(value.Type, operation, new([value]), Number(value.Type, divisor).Text);
    }

    /// <summary><c>x % 8 == 0</c> asks for the lowest bits only, whatever the sign.</summary>
    private static LaneExpression? ParityTest(LaneOperator comparison, LaneExpression left, LaneExpression right) =>
        comparison is LaneOperator.Equals or LaneOperator.NotEquals
        && left.Operator == LaneOperator.RemainderByConstant
        && right is { Operator: LaneOperator.Constant, Text: "0" or "0L" }
        && decimal.Parse(left.Text.TrimEnd('L'), CultureInfo.InvariantCulture) is > 0 and var divisor
        && PowerOfTwo(divisor) is not null
            ? Of(left.Type, LaneOperator.And, left.Operands[0], Number(left.Type, divisor - 1))
            : null;

    private static int? PowerOfTwo(decimal number)
    {
        var exponent = 0;
        for (; number > 1 && number % 2 == 0; number /= 2)
        {
            exponent++;
        }

        return number == 1 ? exponent : null;
    }

    private static LaneExpression Number(LaneType type, decimal value) => new(type, LaneOperator.Constant, default, value.ToString("0", CultureInfo.InvariantCulture) + type switch
    {
        LaneType.UInt32 => "U",
        LaneType.Int64 => "L",
        LaneType.UInt64 => "UL",
        _ => "",
    });

    /// <summary>An integer of 8 or 16 bits, held in 32.</summary>
    private static LaneExpression Small(LaneExpression value, SpecialType from, int bits, bool isSigned)
    {
        if (Bits(from) is var (fromBits, fromIsSigned) && (fromBits < bits || fromBits == bits && fromIsSigned == isSigned) && (!fromIsSigned || isSigned))
        {
            return value;
        }

        var whole = value.Type == LaneType.Int32 ? value : Of(LaneType.Int32, LaneOperator.Convert, value);
        if (!isSigned)
        {
            return Of(LaneType.Int32, LaneOperator.And, whole, Number(LaneType.Int32, (1 << bits) - 1));
        }

        var rest = (32 - bits).ToString(CultureInfo.InvariantCulture);
        var high = new LaneExpression(LaneType.Int32, LaneOperator.ShiftLeft, new([whole]), rest);
        return new LaneExpression(LaneType.Int32, LaneOperator.ShiftRight, new([high]), rest);
    }

    private static (int Bits, bool IsSigned)? Bits(SpecialType type) => type switch
    {
        SpecialType.System_SByte => (8, true),
        SpecialType.System_Byte => (8, false),
        SpecialType.System_Int16 => (16, true),
        SpecialType.System_UInt16 or SpecialType.System_Char => (16, false),
        _ => null,
    };

    private static string Floating(double value, string type, string text) =>
        double.IsNaN(value) ? $"{type}.NaN"
        : double.IsPositiveInfinity(value) ? $"{type}.PositiveInfinity"
        : double.IsNegativeInfinity(value) ? $"{type}.NegativeInfinity"
        : value == 0 && 1 / value < 0 ? "-0.0" + text[text.Length - 1]
        : text;
}
