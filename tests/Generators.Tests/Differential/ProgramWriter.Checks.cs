using System.Text;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Windows that the program computes anew from all batches of their stream, and compares with what the operator gives.</summary>
internal sealed partial class ProgramWriter
{
    private void WriteCheckedWindow(DefinedStream source)
    {
        if (_random.Next(3) != 0 && !(source.Kind.IsPair && _random.Next(2) == 0))
        {
            source = Keyed(source, KeyKind());
        }

        source.IsRead = true;
        var span = WindowSpan.Next(_random, source.Slide);
        var kept = _chains.NewName("kept");
        _statements.AppendLine($"            var {kept} = new KeptBatches<{source.Kind.Type}>();\n            {source.Name}.ForeachRdd(rdd => {kept}.Add(rdd));");
        var text = new StringBuilder(source.Name);
        var latest = $"{kept}.Latest({span.Length / span.Step})";
        var (behind, expected, actual) = source.Kind.IsPair && _random.Next(4) != 0
            ? WriteCheckedPairs(text, source.Kind, span, latest)
            : WriteCheckedRecords(text, source.Kind, span, latest);
        var window = Add(text, behind, span.Slide, Math.Min(source.Weight * span.Length, MostWeight));
        _statements.AppendLine($"            {window.Name}.ForeachRdd(rdd => log.Same(\"{window.Name}\", {expected}, {actual}));");
    }

    private (RecordKind Kind, string Expected, string Actual) WriteCheckedRecords(StringBuilder text, RecordKind kind, WindowSpan span, string latest)
    {
        const string Actual = "rdd.Collect()";
        var durations = span.Arguments(_random);
        var scope = Define("window");
        switch (_random.Next(5))
        {
            case 0:
                // An empty window counts as zero once there have been records.
                _chains.WriteCall(text, scope, "CountByWindow", durations);
                return (RecordKind.Long, $"new[] {{ {latest}.LongLength }}.Where(count => count > 0)", $"{Actual}.Where(count => count > 0)");
            case 1:
                var fold = AssociativeFold(kind);
                _chains.WriteCall(text, scope, "ReduceByWindow", $"{fold}, {durations}");
                return (kind, $"new[] {{ {latest} }}.Where(all => all.Length > 0).Select(all => all.Aggregate({fold}))", Actual);
            case 2:
                _chains.WriteCall(text, scope, "CountByValueAndWindow", durations);
                return (RecordKind.PairOf(kind, RecordKind.Long, "Value", "Count"), $"{latest}.GroupBy(record => record).Select(group => (group.Key, group.LongCount()))", Actual);
            default:
                _chains.WriteCall(text, scope, "Window", durations);
                return (kind, latest, Actual);
        }
    }

    private (RecordKind Kind, string Expected, string Actual) WriteCheckedPairs(StringBuilder text, RecordKind kind, WindowSpan span, string latest)
    {
        const string Actual = "rdd.Collect()";
        var (key, value) = (kind.Key!, kind.Value!);
        var groups = $"{latest}.GroupBy(pair => pair.Item1, pair => pair.Item2)";
        var scope = Define("window");
        var durations = _random.Next(2) == 0 ? span.Arguments(_random) : $"{span.Arguments(_random, isWhole: true)}, {1 + _random.Next(3)}";
        switch (_random.Next(4))
        {
            case 0:
                _chains.WriteCall(text, scope, "GroupByKeyAndWindow", durations);
                var inOrder = $"Aggregate(7, (sum, value) => unchecked((sum * 31) + {_chains.NumberOf(value, "value")}))";
                _chains.WriteCall(text, scope, "MapValues", $"values => values.{inOrder}");
                return (RecordKind.PairOf(key, RecordKind.Int, "Key", "Value"), $"{groups}.Select(group => (group.Key, group.{inOrder}))", Actual);
            case 1:
                var fold = AssociativeFold(value);
                _chains.WriteCall(text, scope, "ReduceByKeyAndWindow", $"{fold}, {durations}");
                return (RecordKind.PairOf(key, value, "Key", "Value"), $"{groups}.Select(group => (group.Key, group.Aggregate({fold})))", Actual);
            default:
                var ones = $"values => ({(value.Shape == RecordShape.Int ? "values" : "1")}, 1)";
                _chains.WriteCall(text, scope, "MapValues", ones);
                const string Add = "(left, right) => (left.Item1 + right.Item1, left.Item2 + right.Item2)";
                const string Remove = "(left, right) => (left.Item1 - right.Item1, left.Item2 - right.Item2)";
                _chains.WriteCall(text, scope, "ReduceByKeyAndWindow", $"{Add}, {Remove}, {durations}, filter: pair => pair.Value.Item2 != 0");
                return (
                    RecordKind.PairOf(key, RecordKind.PairOf(RecordKind.Int, RecordKind.Int), "Key", "Value"),
                    $"{groups}.Select(group => (group.Key, group.Select({ones}).Aggregate({Add})))",
                    Actual);
        }
    }

    /// <summary>Folds that give the same in whatever pieces the records are folded, as long as these keep their order.</summary>
    private string AssociativeFold(RecordKind kind) => kind.Shape switch
    {
        RecordShape.Int or RecordShape.Long => _random.Next(2) == 0 ? "(left, right) => left + right" : "(left, right) => Math.Max(left, right)",
        RecordShape.Text => "(left, right) => left + right",
        _ => _random.Next(2) == 0 ? "(left, right) => right" : "(left, right) => left",
    };
}
