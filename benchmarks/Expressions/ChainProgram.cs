using System.Text;

namespace CodegenStreaming.Benchmarks.Expressions;

/// <summary>A random numeric chain as a pipeline class, and beside it the loop that one writes by hand for it.</summary>
internal sealed class ChainProgram
{
    private const int ExpressionDepth = 2;

    private readonly Random _random;
    private readonly ExpressionWriter _expressions;
    private readonly StringBuilder _types = new();
    private readonly StringBuilder _chain = new();
    private readonly StringBuilder _byHand = new();
    private int _values;

    private ChainProgram(int number, int seed)
    {
        Number = number;
        _random = new Random(seed);
        _expressions = new ExpressionWriter(_random);
    }

    public int Number { get; }

    public string ClassName => $"Chain{Number}";

    public string ByHandName => $"Chain{Number}ByHand";

    /// <summary>The chain, one call a line.</summary>
    public string Chain => _chain.ToString().TrimEnd();

    public string Source { get; private set; } = "";

    public static ChainProgram Create(int number, int seed)
    {
        var program = new ChainProgram(number, seed);
        program.Write();
        return program;
    }

    private void Write()
    {
        var record = DrawShape("Record", structShare: 40);
        var current = record;
        var steps = _random.Next(1, 5);
        for (var step = 0; step < steps; step++)
        {
            if (_random.Next(2) == 0)
            {
                Filter(current);
            }
            else
            {
                current = Map(current, step == steps - 1 ? new Shape(NumericType.Draw(_random)) : DrawShape($"Step{step}", structShare: 10));
            }
        }

        var end = End(current);
        _chain.AppendLine(end.Output);
        Source = $$"""
            namespace Programs;

            {{_types}}
            [StreamingPipeline]
            public sealed partial class {{ClassName}}(Func<StreamingContext, DStream<{{record.TypeName}}>> source, Action<object> result)
            {
                public void Define(StreamingContext streaming) =>
                    source(streaming)
            {{Chain}};
            }

            public static class {{ByHandName}}
            {
                public static object Run(ReadOnlySpan<{{record.TypeName}}> records) => Loop(records);

                private static {{end.Result}} Loop(ReadOnlySpan<{{record.TypeName}}> records)
                {
                    {{end.Before}}
                    foreach (var x in records)
                    {
            {{_byHand.ToString().TrimEnd()}}
                    }

                    return result;
                }

                public static {{record.TypeName}}[] CreateRecords(Random random, int count, bool isHostile)
                {
                    var records = new {{record.TypeName}}[count];
                    for (var index = 0; index < count; index++)
                    {
                        records[index] = {{record.Creation}};
                    }

                    return records;
                }

                {{Generators}}
            }

            """;
    }

    /// <summary>Ordinary data is random in a middling range; hostile data has every extreme of its type.</summary>
    private static string Generators => """
            private static T OneOf<T>(Random random, params T[] values) => values[random.Next(values.Length)];

            private static int NextInt(Random random, bool isHostile) =>
                isHostile && random.Next(3) == 0 ? OneOf(random, int.MinValue, int.MaxValue, -1, 0, 1, int.MinValue + 1) : random.Next(2) == 0 ? random.Next(-1000, 1000) : random.Next(int.MinValue, int.MaxValue);

            private static long NextLong(Random random, bool isHostile) =>
                isHostile && random.Next(3) == 0 ? OneOf(random, long.MinValue, long.MaxValue, -1, 0, 1, int.MinValue, uint.MaxValue) : random.Next(2) == 0 ? random.Next(-1000, 1000) : random.NextInt64(long.MinValue, long.MaxValue);

            private static float NextFloat(Random random, bool isHostile) =>
                isHostile && random.Next(3) == 0 ? OneOf(random, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.Epsilon, 2147483648f, -1e30f) : (float)(random.NextDouble() * 2000) - 1000;

            private static double NextDouble(Random random, bool isHostile) =>
                isHostile && random.Next(3) == 0 ? OneOf(random, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, double.Epsilon, 9223372036854775808.0, -1e300) : (random.NextDouble() * 2000) - 1000;

            private static short NextShort(Random random, bool isHostile) => (short)random.Next(short.MinValue, short.MaxValue + 1);

            private static byte NextByte(Random random, bool isHostile) => (byte)random.Next(256);
        """.Trim();

    /// <summary>A number, or a record of two to four fields.</summary>
    private Shape DrawShape(string name, int structShare)
    {
        if (_random.Next(100) >= structShare)
        {
            return new Shape(NumericType.Draw(_random));
        }

        var fields = Enumerable.Range(0, _random.Next(2, 5)).Select(index => new Operand(((char)('A' + index)).ToString(), NumericType.Draw(_random))).ToArray();
        var shape = new Shape($"{name}{Number}", fields);
        _types.AppendLine($"public readonly record struct {shape.TypeName}({string.Join(", ", fields.Select(field => $"{field.Type.Name} {field.Text}"))});");
        return shape;
    }

    private void Filter(Shape shape)
    {
        var condition = _expressions.Condition(shape.Operands("x"), ExpressionDepth);
        _chain.AppendLine($"            .Filter(x => {condition})");
        _byHand.AppendLine($"            if (!({Renamed(condition)}))\n            {{\n                continue;\n            }}\n");
    }

    private Shape Map(Shape from, Shape to)
    {
        var expression = to.Create(type => _expressions.Exactly(type, from.Operands("x"), ExpressionDepth));
        _chain.AppendLine($"            .Map(x => {expression})");
        var renamed = Renamed(expression);
        _values++;
        _byHand.AppendLine($"            var {Value} = {renamed};");
        return to;
    }

    private (string Output, string Result, string Before) End(Shape shape)
    {
        switch (_random.Next(shape.Scalar is null ? 2 : 10))
        {
            case 0:
                _byHand.AppendLine("            result++;");
                return ("            .Count()\n            .ForeachRdd(rdd => rdd.Foreach(count => result(count)))", "long", "var result = 0L;");
            case 1:
                _byHand.AppendLine($"            result.Add({Value});");
                return ("            .ForeachRdd(rdd => result(rdd.Collect()))", $"List<{shape.TypeName}>", $"var result = new List<{shape.TypeName}>();");
        }

        var type = shape.Scalar!;
        var fold = _expressions.Fold(type);
        var start = fold switch
        {
            "Math.Max(a, b)" => type.IsFloating ? $"{type.Name}.NegativeInfinity" : $"{type.Name}.MinValue",
            "Math.Min(a, b)" => type.IsFloating ? $"{type.Name}.PositiveInfinity" : $"{type.Name}.MaxValue",
            _ => $"default({type.Name})",
        };
        _chain.AppendLine($"            .Reduce((a, b) => {fold})");
        _byHand.AppendLine(fold switch
        {
            "a + b" => $"            result += {Value};",
            "a ^ b" => $"            result ^= {Value};",
            _ => $"            result = {fold.Replace("a, b", $"result, {Value}", StringComparison.Ordinal).Replace("a + b", $"result + {Value}", StringComparison.Ordinal)};",
        });
        return ("            .ForeachRdd(rdd => rdd.Foreach(value => result(value)))", type.Name, $"var result = {start};");
    }

    /// <summary>The variable that holds the record after the last step.</summary>
    private string Value => _values == 0 ? "x" : $"x{_values}";

    private string Renamed(string expression) =>
        _values == 0 ? expression : System.Text.RegularExpressions.Regex.Replace(expression, @"\bx\b", Value);

    /// <summary>A record type: a number, or a struct of fields.</summary>
    private sealed class Shape
    {
        private readonly Operand[] _fields;

        public Shape(NumericType scalar) => (Scalar, TypeName, _fields) = (scalar, scalar.Name, []);

        public Shape(string typeName, Operand[] fields) => (TypeName, _fields) = (typeName, fields);

        public NumericType? Scalar { get; }

        public string TypeName { get; }

        /// <summary>An expression that makes one at random.</summary>
        public string Creation => Create(type => $"Next{char.ToUpperInvariant(type.Name[0])}{type.Name[1..]}(random, isHostile)");

        public IReadOnlyList<Operand> Operands(string record) =>
            Scalar is not null ? [new Operand(record, Scalar)] : [.. _fields.Select(field => field with { Text = $"{record}.{field.Text}" })];

        public string Create(Func<NumericType, string> number) =>
            Scalar is not null ? number(Scalar) : $"new {TypeName}({string.Join(", ", _fields.Select(field => number(field.Type)))})";
    }
}
