using System.Globalization;

namespace CodegenStreaming.Benchmarks.Expressions;

/// <summary>
/// Random C# expressions of the grammar that vectorised loops are judged on: comparison, arithmetic, bit operations, shifts, conversions, minimum and
/// maximum, division and remainder by a constant, conditional expressions.
/// </summary>
internal sealed class ExpressionWriter(Random random)
{
    private static readonly int[] Divisors = [2, 3, 5, 7, 8, 10, 16, 60, 97, 100, 1000];

    /// <summary>An expression of exactly this type: one that reads a short alone would be a short.</summary>
    public string Exactly(NumericType type, IReadOnlyList<Operand> operands, int depth) => Exact(type, operands, Number(type, operands, depth));

    /// <summary>An expression of a type, or of one that becomes it by itself.</summary>
    public string Number(NumericType type, IReadOnlyList<Operand> operands, int depth)
    {
        if (depth == 0 || random.Next(6) == 0)
        {
            return Leaf(type, operands);
        }

        if (type.IsNarrow)
        {
            return $"({type.Name})({Number(NumericType.Int, operands, depth)})";
        }

        var left = Number(type, operands, depth - 1);
        var right = Right(type, operands, depth, left);
        return random.Next(10) switch
        {
            0 => $"({Condition(operands, depth - 1)} ? {left} : {right})",
            1 => $"Math.{Pick("Min", "Max")}({Exact(type, operands, left)}, {right})",
            2 => Conversion(type, operands, depth - 1),
            3 when type.IsFloating => $"({left} / {Constant(type)})",
            3 => $"({left} {Pick("/", "%")} {Divisors[random.Next(Divisors.Length)]})",
            4 when !type.IsFloating => $"({left} {Pick("&", "|", "^")} {right})",
            5 when !type.IsFloating => $"({left} {Pick("<<", ">>", ">>>")} {random.Next(1, type == NumericType.Long ? 40 : 20)})",
            6 when random.Next(2) == 0 => type.IsFloating ? $"(-{left})" : $"({Pick("-", "~")}{left})",
            _ => $"({left} {Pick("+", "-", "*")} {right})",
        };
    }

    public string Condition(IReadOnlyList<Operand> operands, int depth)
    {
        var operand = operands[random.Next(operands.Count)];
        switch (random.Next(depth > 0 ? 10 : 6))
        {
            case 0 or 1:
                return $"{Number(NumericType.Int, operands, Math.Min(depth, 1))} % {random.Next(2, 8)} {Pick("==", "!=")} {random.Next(2)}";
            case 2:
                return $"({Number(Pick(NumericType.Int, NumericType.Long), operands, Math.Min(depth, 1))} & {Pick(1, 3, 7, 15)}) {Pick("==", "!=", "<", ">")} {random.Next(1, 4)}";
            case 6 or 7:
                var type = NumericType.Draw(random);
                var left = Number(type, operands, depth - 1);
                return $"{left} {Comparison()} {Right(type, operands, depth, left)}";
            case 8:
                return $"({Condition(operands, depth - 1)} {Pick("&&", "||")} {Condition(operands, depth - 1)})";
            case 9 when random.Next(3) == 0:
                return $"!({Condition(operands, depth - 1)})";
            default:
                return $"{operand.Text} {Comparison()} {Constant(operand.Type)}";
        }
    }

    /// <summary>A fold of two values whose order does not show but for rounding.</summary>
    public string Fold(NumericType type) => type switch
    {
        { IsNarrow: true } => $"({type.Name})(a + b)",
        { IsFloating: true } => Pick("a + b", "a + b", "Math.Max(a, b)", "Math.Min(a, b)"),
        _ => Pick("a + b", "a + b", "a + b", "Math.Max(a, b)", "Math.Min(a, b)", "a ^ b"),
    };

    public string Constant(NumericType type) => type.Name switch
    {
        "byte" => random.Next(1, 255).ToString(CultureInfo.InvariantCulture),
        "float" => (random.Next(-900, 900) / 2.0f).ToString("0.0", CultureInfo.InvariantCulture) + "f",
        "double" => (random.Next(-900, 900) / 4.0).ToString("0.00", CultureInfo.InvariantCulture),
        "long" => random.Next(-900, 900).ToString(CultureInfo.InvariantCulture) + "L",
        _ => random.Next(-900, 900).ToString(CultureInfo.InvariantCulture),
    };

    public T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];

    private string Comparison() => Pick("<", "<", ">", ">", "<=", ">=", "!=");

    /// <summary>A right operand: a constant as often as not, as in programs that people write, and never what stands on the left already.</summary>
    private string Right(NumericType type, IReadOnlyList<Operand> operands, int depth, string left)
    {
        var right = random.Next(2) == 0 ? left : Number(type, operands, depth - 1);
        return right == left ? Constant(type) : right;
    }

    private static string Exact(NumericType type, IReadOnlyList<Operand> operands, string text)
    {
        var mayBeNarrow = type == NumericType.Int && operands.Any(operand => operand.Type.IsNarrow && text.Contains(operand.Text, StringComparison.Ordinal));
        return mayBeNarrow ? $"(int){Parenthesized(text)}" : text;
    }

    private string Conversion(NumericType type, IReadOnlyList<Operand> operands, int depth)
    {
        var from = NumericType.Draw(random);
        return from == type ? Number(type, operands, depth) : $"({type.Name}){Parenthesized(Number(from, operands, depth))}";
    }

    private string Leaf(NumericType type, IReadOnlyList<Operand> operands)
    {
        var same = operands.Where(operand => operand.Type == type || (type == NumericType.Int && operand.Type.IsNarrow)).ToArray();
        if (same.Length > 0 && random.Next(4) != 0)
        {
            return same[random.Next(same.Length)].Text;
        }

        var operand = operands[random.Next(operands.Count)];
        return operand.Type == type ? operand.Text : $"({type.Name}){operand.Text}";
    }

    private static string Parenthesized(string text) => $"({text})";
}
