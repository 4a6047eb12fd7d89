using System.Text;

namespace CodegenStreaming.Generators.Tests.Vectors;

/// <summary>A program of random chains over numbers and structures of numbers.</summary>
/// <param name="Text">The source.</param>
/// <param name="Chains">How many chains it has.</param>
internal sealed record NumericProgram(string Text, int Chains)
{
    public static readonly string[] Records = ["int", "long", "double", "float", "uint", "ulong", "byte", "sbyte", "short", "ushort", "Tick", "(int, long)"];

    public static NumericProgram Write(int seed, int chains)
    {
        var random = new Random(seed);
        var expressions = new NumericExpressions(random);
        var text = new StringBuilder($$"""
            namespace Numbers;

            public readonly record struct Place(int X, int Y);

            public readonly record struct Tick(int Id, long Volume, double Price, float Rate, byte Kind, short Step, uint Mask, Place Place);

            [StreamingPipeline]
            public sealed partial class Numeric(ResultLog log)
            {
                public void Define(StreamingContext streaming)
                {

            """);
        foreach (var (record, index) in Records.Select((record, index) => (record, index)))
        {
            text.AppendLine($"        var input{index} = streaming.Input<{record}>(\"input{index}\");");
        }

        for (var chain = 0; chain < chains; chain++)
        {
            var input = random.Next(Records.Length);
            text.Append($"        input{input}");
            WriteChain(text, random, expressions, Records[input], chain);
        }

        text.AppendLine("    }").AppendLine("}");
        return new NumericProgram(text.ToString(), chains);
    }

    private static void WriteChain(StringBuilder text, Random random, NumericExpressions expressions, string record, int chain)
    {
        for (var step = random.Next(1, 4); step > 0; step--)
        {
            if (random.Next(2) == 0)
            {
                text.Append($".Filter(x => {expressions.Condition(NumericExpressions.Leaves(record, "x"))})");
            }
            else
            {
                var next = NumericExpressions.Types[random.Next(NumericExpressions.Types.Length)];
                text.Append(random.Next(5) == 0
                    ? $".Map(x => {{ var y = {expressions.Number(next, NumericExpressions.Leaves(record, "x"), 2)}; return y {(next is "float" or "double" ? "*" : "^")} y; }})"
                    : $".Map(x => {expressions.Number(next, NumericExpressions.Leaves(record, "x"))})");
                record = next;
            }
        }

        if (record is "Tick" or "(int, long)" || random.Next(4) == 0)
        {
            var leaves = NumericExpressions.Leaves(record, "x");
            text.Append($".Map(x => ({expressions.Number("int", leaves)} & 7, {expressions.Number("long", leaves)})).ReduceByKey((a, b) => a + b)");
        }
        else
        {
            var fold = Fold(random, record);
            var isNarrow = record is "byte" or "sbyte" or "short" or "ushort" or "char";
            var sum = $"(a, b) => {(isNarrow && random.Next(4) > 0 ? $"({record})({fold})" : isNarrow ? "a > b ? a : b" : fold)}";
            text.Append(random.Next(3) switch
            {
                0 => ".Count()",
                1 => $".Reduce({sum})",
                _ => "",
            });
        }

        text.AppendLine($".ForeachRdd(rdd => log.Add(\"{chain}\", rdd.Collect()));");
    }

    private static string Fold(Random random, string type) => random.Next(type is "float" or "double" ? 3 : 7) switch
    {
        0 or 1 => "a + b",
        2 => "Math.Max(a, b)",
        3 => "Math.Min(a, b)",
        4 => "a ^ b",
        5 => "a < b ? a : b",
        _ => "a * b",
    };
}
