using System.Text;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Operators that bring two streams together by key.</summary>
internal sealed partial class ChainWriter
{
    private static readonly string[] Joins = ["Join", "LeftOuterJoin", "RightOuterJoin", "FullOuterJoin", "Cogroup"];

    /// <summary>Appends what makes pairs with a key of a given type, of which there are few.</summary>
    public RecordKind WriteKeys(StringBuilder text, RecordKind kind, RecordKind key, CodeScope scope)
    {
        if (kind.IsPair && kind.Key == key && random.Next(2) == 0)
        {
            return kind;
        }

        var value = kind.IsPair ? kind.Value! : kind;
        var pair = RecordKind.PairOf(key, value);
        Call(text, scope, "Map", Function(scope, kind, pair, (x, k) =>
            $"({_expressions.Convert(RecordKind.Int, key, $"({_expressions.ToInt(kind, x)} % 5)", k)}, {(kind.IsPair ? $"{x}.Item2" : x)})"));
        if (random.Next(3) == 0)
        {
            // A side that is partitioned by key.
            Call(text, scope, "ReduceByKey", FoldOf(scope, value));
            return RecordKind.PairOf(key, value, "Key", "Value");
        }

        return pair;
    }

    /// <summary>Appends a join or a cogroup with another stream of pairs, and makes pairs of values that can be gone on with.</summary>
    public RecordKind WriteJoin(StringBuilder text, RecordKind left, string other, RecordKind right, CodeScope scope)
    {
        var (key, one, two) = (left.Key!, left.Value!, right.Value!);
        var name = Joins[random.Next(Joins.Length)];
        var where = random.Next(3) switch { 0 => ", 2", 1 => $", new HashPartitioner<{key.Type}>(3)", _ => "" };
        Call(text, scope, name, (other + where, "other"));
        string Left(string x) => _expressions.ToInt(one, x);
        string Right(string x) => _expressions.ToInt(two, x);
        switch (name)
        {
            case "Join" when random.Next(2) == 0 && one.Depth + two.Depth < 2:
                Call(text, scope, "MapValues", ("values => (values.Left, values.Right)", "lambda over literal"));
                return RecordKind.PairOf(key, RecordKind.PairOf(one, two, "Left", "Right"), "Key", "Value");
            case "Cogroup":
                Call(text, scope, "MapValues", (
                    $"values => unchecked(values.Left.Aggregate(3, (sum, value) => sum * 31 + {Left("value")}) * 7 + values.Right.Aggregate(5, (sum, value) => sum * 31 + {Right("value")}))",
                    "lambda over literal"));
                break;
            default:
                var (leftValue, rightValue) = name switch
                {
                    "Join" => (Left("values.Left"), Right("values.Right")),
                    "LeftOuterJoin" => (Left("values.Left"), OfOption(Right, "values.Right")),
                    "RightOuterJoin" => (OfOption(Left, "values.Left"), Right("values.Right")),
                    _ => (OfOption(Left, "values.Left"), OfOption(Right, "values.Right")),
                };
                Call(text, scope, "MapValues", ($"values => unchecked({leftValue} * 31 + {rightValue})", "lambda over literal"));
                break;
        }

        return RecordKind.PairOf(key, RecordKind.Int, "Key", "Value");
    }

    private static string OfOption(Func<string, string> read, string option) => $"({option}.HasValue ? {read($"{option}.Value")} : -7)";
}
