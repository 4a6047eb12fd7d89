namespace CodegenStreaming.Generators.Tests.Vectors;

/// <summary>Random numeric expressions: arithmetic, bits, shifts, comparisons, conversions, minima, division by constants, conditions, patterns.</summary>
internal sealed class NumericExpressions(Random random)
{
    private const int MaximumDepth = 3;

    public static readonly string[] Types = ["int", "uint", "long", "ulong", "float", "double"];
    private static readonly string[] Small = ["byte", "sbyte", "short", "ushort"];

    /// <summary>What the records of a type offer: expressions and their types.</summary>
    public static IReadOnlyList<(string Text, string Type)> Leaves(string record, string variable) => record switch
    {
        "Tick" =>
        [
            ($"{variable}.Id", "int"), ($"{variable}.Volume", "long"), ($"{variable}.Price", "double"), ($"{variable}.Rate", "float"),
            ($"{variable}.Kind", "byte"), ($"{variable}.Step", "short"), ($"{variable}.Mask", "uint"), ($"{variable}.Place.X", "int"),
        ],
        "(int, long)" => [($"{variable}.Item1", "int"), ($"{variable}.Item2", "long")],
        _ => [(variable, record)],
    };

    public string Number(string type, IReadOnlyList<(string Text, string Type)> leaves, int depth = 0)
    {
        if (depth >= MaximumDepth || random.Next(5) == 0)
        {
            return Leaf(type, leaves);
        }

        var a = Number(type, leaves, depth + 1);
        if (random.Next(6) == 0)
        {
            return $"({Condition(leaves, depth + 1)} ? {a} : {Number(type, leaves, depth + 1)})";
        }

        if (random.Next(6) == 0)
        {
            return $"Math.{Pick("Min", "Max")}({a}, {Number(type, leaves, depth + 1)})";
        }

        if (random.Next(5) == 0)
        {
            return Converted(type, leaves, depth + 1);
        }

        return type is "float" or "double" ? Floating(type, a, leaves, depth) : Integer(type, a, leaves, depth);
    }

    public string Condition(IReadOnlyList<(string Text, string Type)> leaves, int depth = 0)
    {
        var type = Pick(Types);
        var a = Number(type, leaves, depth + 1);
        return random.Next(depth >= MaximumDepth ? 5 : 9) switch
        {
            < 4 => $"({a} {Pick("<", "<=", ">", ">=", "==", "!=")} {(random.Next(2) == 0 ? Constant(type) : Number(type, leaves, depth + 1))})",
            4 when type is not ("float" or "double") => $"({a} % {random.Next(2, 20)}{Suffix(type)} {Pick("==", "!=")} {random.Next(3)}{Suffix(type)})",
            4 => type == "double" ? $"double.IsNaN({a})" : $"({a} > 0)",
            5 => $"({Condition(leaves, depth + 1)} && {Condition(leaves, depth + 1)})",
            6 => $"({Condition(leaves, depth + 1)} || {Condition(leaves, depth + 1)})",
            7 => $"!{Condition(leaves, depth + 1)}",
            _ => type == "int" ? $"({a} is > 3 and < 100 or -7 or not > -1000)" : $"({Condition(leaves, depth + 1)} ^ {Condition(leaves, depth + 1)})",
        };
    }

    private string Integer(string type, string a, IReadOnlyList<(string Text, string Type)> leaves, int depth)
    {
        var isSigned = type is "int" or "long";
        return random.Next(12) switch
        {
            0 => $"({a} + {Number(type, leaves, depth + 1)})",
            1 => $"({a} - {Number(type, leaves, depth + 1)})",
            2 => $"({a} * {Number(type, leaves, depth + 1)})",
            3 => $"({a} {Pick("&", "|", "^")} {Number(type, leaves, depth + 1)})",
            4 => $"({a} {Pick("<<", ">>", ">>>")} {random.Next(70)})",
            5 => $"({a} {Pick("<<", ">>", ">>>")} {Number("int", leaves, depth + 1)})",
            6 or 7 => $"({a} {Pick("/", "%")} {Divisor(isSigned)}{Suffix(type)})",
            8 => $"(~{a})",
            9 when isSigned => $"(-{a})",
            10 => $"Math.Clamp({a}, {(isSigned ? "-5" : "1")}{Suffix(type)}, 1000{Suffix(type)})",
            _ => $"({a} + {Constant(type)})",
        };
    }

    private string Floating(string type, string a, IReadOnlyList<(string Text, string Type)> leaves, int depth) => random.Next(9) switch
    {
        0 => $"({a} + {Number(type, leaves, depth + 1)})",
        1 => $"({a} - {Number(type, leaves, depth + 1)})",
        2 => $"({a} * {Number(type, leaves, depth + 1)})",
        3 => $"({a} / {Number(type, leaves, depth + 1)})",
        4 => $"(-{a})",
        5 => $"Math.Abs({a})",
        6 => type == "double" ? $"Math.{Pick("Sqrt", "Floor", "Ceiling", "Truncate", "Round")}({a})" : $"MathF.{Pick("Sqrt", "Floor", "Ceiling", "Truncate", "Round")}({a})",
        7 => $"Math.Clamp({a}, -2{Suffix(type)}, 1000{Suffix(type)})",
        _ => $"({a} * {Constant(type)})",
    };

    private string Converted(string type, IReadOnlyList<(string Text, string Type)> leaves, int depth)
    {
        var from = Pick(Types);
        var value = Number(from, leaves, depth + 1);
        return type == "int" && from is not ("float" or "double") && random.Next(2) == 0 ? $"(int)({Pick(Small)})({value})" : $"({type})({value})";
    }

    private string Leaf(string type, IReadOnlyList<(string Text, string Type)> leaves)
    {
        var (text, leafType) = leaves[random.Next(leaves.Count)];
        return leafType == type ? text : $"({type}){text}";
    }

    private string Constant(string type) => type switch
    {
        "int" => Pick("0", "1", "-1", "7", "100", "int.MaxValue", "int.MinValue", "12345"),
        "uint" => Pick("0U", "1U", "7U", "uint.MaxValue", "0x80000000U"),
        "long" => Pick("0L", "-1L", "1000L", "long.MaxValue", "long.MinValue", "1L << 40"),
        "ulong" => Pick("0UL", "9UL", "ulong.MaxValue", "1UL << 63"),
        "float" => Pick("0f", "-0f", "1.5f", "1e10f", "float.NaN", "float.PositiveInfinity"),
        _ => Pick("0.0", "-0.0", "2.5", "1e100", "double.NaN", "double.NegativeInfinity", "1e-300"),
    };

    private int Divisor(bool isSigned)
    {
        var divisor = random.Next(4) == 0 ? 1 << random.Next(1, 31) : random.Next(2, random.Next(2) == 0 ? 12 : int.MaxValue);
        return isSigned && random.Next(4) == 0 ? -divisor : divisor;
    }

    private static string Suffix(string type) => type switch
    {
        "uint" => "U",
        "long" => "L",
        "ulong" => "UL",
        "float" => "f",
        "double" => "d",
        _ => "",
    };

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
