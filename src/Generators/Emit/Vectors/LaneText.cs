using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit.Vectors;

/// <summary>Writes operations on lanes for one width of vectors.</summary>
/// <param name="width">Bits of a vector.</param>
/// <param name="isWide">True where lanes of 64 bits occur: those of 32 bits are then held in half a vector.</param>
internal sealed class LaneText(int width, bool isWide, Func<string, string> name)
{
    private readonly List<(string Name, string Type, string Divisor)> _divisors = [];

    /// <summary>Records in a vector.</summary>
    public int Lanes => width / (isWide ? 64 : 32);

    /// <summary>The class with loads and conversions. Half a vector of 128 bits is the lower half of one.</summary>
    public string LanesClass => name(isWide && width == 128 ? "LowerLanes" : "Lanes");

    /// <summary>Constants that the loop needs, declared before it.</summary>
    public IEnumerable<string> Declarations => _divisors.Select(divisor => $"var {divisor.Name} = new {name(divisor.Type + "Divisor")}({divisor.Divisor});");

    /// <summary>The static class of the vectors that hold such lanes.</summary>
    public string Class(LaneType type) => name($"Vector{(type.IsWide() || !isWide ? width : Math.Max(width / 2, 128))}");

    /// <summary>An expression as it stands alone, without parentheses around it.</summary>
    public string Of(LaneExpression expression)
    {
        var text = Operand(expression);
        return text[0] == '(' && Closes(text) ? text.Substring(1, text.Length - 2) : text;
    }

    public string Constant(LaneType type, string number) => $"{Class(type)}.Create({number})";

    /// <summary>The number zero.</summary>
    public static string Zero(LaneType type) => Number(type, "0");

    public static string Number(LaneType type, string digits) => digits + type switch
    {
        LaneType.UInt32 => "U",
        LaneType.Int64 or LaneType.Mask64 => "L",
        LaneType.UInt64 => "UL",
        LaneType.Single => "f",
        LaneType.Double => "d",
        _ => "",
    };

    /// <summary>A mask in the form that goes with values.</summary>
    public string MaskFor(string mask, LaneType value) => As(mask, value, LaneTypes.MaskOf(value));

    /// <summary>A mask as wide as other lanes.</summary>
    public string MaskAs(string mask, LaneType from, LaneType to) =>
        from.IsWide() == to.IsWide() ? mask : $"{LanesClass}.{(to.IsWide() ? "ToInt64" : "ToInt32")}({mask})";

    /// <summary>An expression that can stand within another one.</summary>
    private string Operand(LaneExpression expression)
    {
        var type = expression.Type;
        var operands = expression.Operands;
        switch (expression.Operator)
        {
            case LaneOperator.Variable:
                return expression.Text;
            case LaneOperator.Constant:
                return Constant(type, type == LaneType.Mask64 ? expression.Text + "L" : expression.Text);
            case LaneOperator.Add or LaneOperator.Subtract or LaneOperator.Multiply or LaneOperator.Divide or LaneOperator.And or LaneOperator.Or or LaneOperator.Xor:
                return $"({Operand(operands[0])} {Symbol(expression.Operator)} {Operand(operands[1])})";
            case LaneOperator.Negate:
                return $"(-{Operand(operands[0])})";
            case LaneOperator.Complement:
                return $"(~{Operand(operands[0])})";
            case LaneOperator.ShiftLeft or LaneOperator.ShiftRight or LaneOperator.ShiftRightLogical:
                return $"({Operand(operands[0])} {Symbol(expression.Operator)} {expression.Text})";
            case LaneOperator.ShiftLeftEach or LaneOperator.ShiftRightEach or LaneOperator.ShiftRightLogicalEach:
                var shift = expression.Operator.ToString();
                return $"{name("Lanes")}.{shift.Substring(0, shift.Length - "Each".Length)}({Of(operands[0])}, {Of(operands[1])})";
            case LaneOperator.DivideByConstant:
                return $"{Divisor(type, expression.Text)}.Divide({Of(operands[0])})";
            case LaneOperator.RemainderByConstant:
                return $"{Divisor(type, expression.Text)}.Remainder({Of(operands[0])})";
            case LaneOperator.NotEquals:
                return $"(~{Comparison("Equals", operands[0], operands[1])})";
            case LaneOperator.Equals or LaneOperator.LessThan or LaneOperator.LessThanOrEqual or LaneOperator.GreaterThan or LaneOperator.GreaterThanOrEqual:
                return Comparison(expression.Operator.ToString(), operands[0], operands[1]);
            case LaneOperator.Select:
                return $"{Class(type)}.ConditionalSelect({MaskFor(Of(operands[0]), type)}, {Of(operands[1])}, {Of(operands[2])})";
            case LaneOperator.Convert:
                return Convert(operands[0], type);
            default:
                return $"{Class(type)}.{expression.Operator}({string.Join(", ", operands.Select(Of))})";
        }
    }

    private string Comparison(string method, LaneExpression left, LaneExpression right) =>
        As($"{Class(left.Type)}.{method}({Of(left)}, {Of(right)})", LaneTypes.MaskOf(left.Type), left.Type);

    private string Convert(LaneExpression value, LaneType to)
    {
        var from = value.Type;
        if (from.IsWide() == to.IsWide() && !from.IsFloating() && !to.IsFloating())
        {
            return As(Of(value), to, from);
        }

        var target = to switch
        {
            LaneType.Mask32 => LaneType.Int32,
            LaneType.Mask64 => LaneType.Int64,
            _ => to,
        };
        return $"{LanesClass}.To{target}({Of(value)})";
    }

    private string Divisor(LaneType type, string divisor)
    {
        var known = _divisors.Find(other => other.Type == type.ToString() && other.Divisor == divisor).Name;
        if (known is not null)
        {
            return known;
        }

        var variable = $"by{divisor.TrimEnd('L', 'U').Replace("-", "Minus")}";
        variable = _divisors.Exists(other => other.Name == variable) ? $"{variable}As{type}" : variable;
        _divisors.Add((variable, type.ToString(), divisor));
        return variable;
    }

    /// <summary>The same bits as lanes of another type; nothing where they have it already.</summary>
    private string As(string lanes, LaneType to, LaneType from)
    {
        var (target, source) = (Numbers(to), Numbers(from));
        return target == source ? lanes : $"{Class(from)}.As{target}({lanes})";
    }

    private static LaneType Numbers(LaneType type) => type switch
    {
        LaneType.Mask32 => LaneType.Int32,
        LaneType.Mask64 => LaneType.Int64,
        _ => type,
    };

    private static string Symbol(LaneOperator operation) => operation switch
    {
        LaneOperator.Add => "+",
        LaneOperator.Subtract => "-",
        LaneOperator.Multiply => "*",
        LaneOperator.Divide => "/",
        LaneOperator.And => "&",
        LaneOperator.Or => "|",
        LaneOperator.Xor => "^",
        LaneOperator.ShiftLeft => "<<",
        LaneOperator.ShiftRight => ">>",
        _ => ">>>",
    };

    /// <summary>Whether the parenthesis at the beginning is closed by the one at the end.</summary>
    private static bool Closes(string text)
    {
        var depth = 0;
        for (var index = 0; index < text.Length; index++)
        {
            depth += text[index] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return index == text.Length - 1;
            }
        }

        return false;
    }
}
