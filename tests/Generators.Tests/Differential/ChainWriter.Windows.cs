using System.Text;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Operators over windows.</summary>
internal sealed partial class ChainWriter
{
    /// <summary>What stands before a filter that may drop keys which still have records in the window.</summary>
    public const string EarlyFilter = "/* drops early */";

    /// <summary>Appends an operator over a window; gives the record type behind it.</summary>
    public RecordKind WriteWindow(StringBuilder text, RecordKind kind, CodeScope scope, WindowSpan span)
    {
        if (kind.IsPair && random.Next(3) != 0)
        {
            return WriteKeyedWindow(text, kind, scope, span);
        }

        var durations = span.Arguments(random);
        switch (random.Next(7))
        {
            case 0:
                Lead(text, kind, scope);
                Call(text, scope, "CountByWindow", (durations, "none"));
                return RecordKind.Long;
            case 1:
                var (fold, form) = FoldOf(scope, kind);
                Call(text, scope, "ReduceByWindow", ($"{fold}, {durations}", form));
                return kind;
            case 2:
                var (add, remove, addForm) = InverseOf(scope, kind);
                Call(text, scope, "ReduceByWindow", ($"{add}, {remove}, {durations}", addForm));
                return kind;
            case 3:
                Call(text, scope, "CountByValueAndWindow", (random.Next(2) == 0 ? durations : $"{span.Arguments(random, isWhole: true)}, 2", "none"));
                return RecordKind.PairOf(kind, RecordKind.Long, "Value", "Count");
            default:
                WritePlainWindow(text, scope, span);
                return kind;
        }
    }

    /// <summary>Appends <c>Window</c>.</summary>
    public void WritePlainWindow(StringBuilder text, CodeScope scope, WindowSpan span) => Call(text, scope, "Window", (span.Arguments(random), "other"));

    /// <summary>Appends what leaves few records of each partition.</summary>
    public void WriteLimit(StringBuilder text, CodeScope scope) => Call(text, scope, "MapPartitions", ("records => records.Take(12)", "lambda over partitions"));

    /// <summary>Appends a call that is given.</summary>
    public void WriteCall(StringBuilder text, CodeScope scope, string name, string arguments) => Call(text, scope, name, (arguments, "given"));

    /// <summary>A number made of a record.</summary>
    public string NumberOf(RecordKind kind, string record) => _expressions.ToInt(kind, record);

    private RecordKind WriteKeyedWindow(StringBuilder text, RecordKind kind, CodeScope scope, WindowSpan span)
    {
        var (key, value) = (kind.Key!, kind.Value!);
        switch (random.Next(8))
        {
            case 0 or 1:
                Lead(text, kind, scope);
                Call(text, scope, "GroupByKeyAndWindow", (random.Next(2) == 0 ? span.Arguments(random) : Partitioned(span, key), "none"));
                Call(text, scope, "MapValues", ($"values => values.Aggregate(7, (sum, value) => unchecked((sum * 31) + {_expressions.ToInt(value, "value")}))", "lambda over literal"));
                return RecordKind.PairOf(key, RecordKind.Int, "Key", "Value");
            case 2 or 3:
                var (fold, form) = FoldOf(scope, value);
                Call(text, scope, "ReduceByKeyAndWindow", ($"{fold}, {(random.Next(2) == 0 ? span.Arguments(random) : Partitioned(span, key))}", form));
                return RecordKind.PairOf(key, value, "Key", "Value");
            case 4 or 5:
                // Counted, so that the filter knows when the last record of a key has left.
                Call(text, scope, "MapValues", Function(scope, value, RecordKind.PairOf(RecordKind.Int, RecordKind.Int), (x, _) => $"({_expressions.ToInt(value, x)}, 1)"));
                var (add, addForm) = _functions.Write(scope, ["(int, int)", "(int, int)"], "(int, int)", (x, _) => $"({x[0]}.Item1 + {x[1]}.Item1, {x[0]}.Item2 + {x[1]}.Item2)");
                var (remove, _) = _functions.Write(scope, ["(int, int)", "(int, int)"], "(int, int)", (x, _) => $"({x[0]}.Item1 - {x[1]}.Item1, {x[0]}.Item2 - {x[1]}.Item2)");
                WriteInverse(text, key, scope, span, (add, remove, addForm), "pair => pair.Value.Item2 != 0");
                return RecordKind.PairOf(key, RecordKind.PairOf(RecordKind.Int, RecordKind.Int), "Key", "Value");
            default:
                var filter = random.Next(4) == 0 ? $"{EarlyFilter} pair => {_expressions.Predicate(value, "pair.Value", "3")}" : null;
                WriteInverse(text, key, scope, span, InverseOf(scope, value), filter);
                return RecordKind.PairOf(key, value, "Key", "Value");
        }
    }

    private void WriteInverse(
        StringBuilder text, RecordKind key, CodeScope scope, WindowSpan span, (string Add, string Remove, string Form) functions, string? filter)
    {
        var where = random.Next(2) == 0 ? Partitioned(span, key) : span.Arguments(random);
        Call(text, scope, "ReduceByKeyAndWindow", ($"{functions.Add}, {functions.Remove}, {where}{(filter is null ? "" : $", filter: {filter}")}", functions.Form));
    }

    /// <summary>The durations and what decides the partitions.</summary>
    private string Partitioned(WindowSpan span, RecordKind key) =>
        $"{span.Arguments(random, isWhole: true)}, {(random.Next(2) == 0 ? "2" : $"new HashPartitioner<{key.Type}>(3)")}";

    /// <summary>A function and its inverse, or one that is none: what comes of it is the same every time.</summary>
    private (string Add, string Remove, string Form) InverseOf(CodeScope scope, RecordKind kind)
    {
        string[] two = [kind.Type, kind.Type];
        if (kind.Shape is RecordShape.Int or RecordShape.Long && random.Next(4) != 0)
        {
            var (sum, sumForm) = _functions.Write(scope, two, kind.Type, (x, _) => $"{x[0]} + {x[1]}");
            return (sum, _functions.Write(scope, two, kind.Type, (x, _) => $"{x[0]} - {x[1]}").Text, sumForm);
        }

        var (add, form) = FoldOf(scope, kind);
        var remove = _functions.Write(scope, two, kind.Type, (x, _) => kind.Shape == RecordShape.Text ? $"{x[0]}?.Length > 9 ? {x[1]} : {x[0]}" : _expressions.Fold(kind, x[1], x[0]));
        return (add, remove.Text, form);
    }
}
