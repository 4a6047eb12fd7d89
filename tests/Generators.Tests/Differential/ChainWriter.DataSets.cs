using System.Text;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Operators and actions that data sets have and streams have not, and those that bring two data sets together.</summary>
internal sealed partial class ChainWriter
{
    /// <summary>The data set that a chain began with, to be read by another one too.</summary>
    private (string Name, RecordKind Kind) _root;

    /// <summary>Appends an operator of data sets; null where none of them takes such records.</summary>
    private RecordKind? WriteDataSetOperator(StringBuilder text, RecordKind kind, CodeScope scope)
    {
        switch (random.Next(10))
        {
            case 0:
                Call(text, scope, "Distinct", (random.Next(2) == 0 ? "" : "2", "none"));
                return kind;
            case 1:
                var (key, form) = Function(scope, kind, RecordKind.Int, (x, k) => $"{_expressions.ToInt(kind, x)} % 5 - {k}");
                Call(text, scope, "SortBy", ($"{key}{(random.Next(2) == 0 ? "" : ", ascending: false")}", form));
                return kind;
            case 2:
                Call(text, scope, "Coalesce", ("2", "none"));
                return kind;
            case 3:
                Call(text, scope, "MapPartitionsWithIndex", ("(index, records) => records.Where((_, place) => place >= index)", "lambda over partitions"));
                return kind;
            case 4 when !kind.HasText:
                return WriteSubtract(text, kind, scope);
            default:
                if (kind.IsPair)
                {
                    return WritePairOperator(text, kind, scope);
                }

                if (kind.Depth > 1 || kind.HasText || kind.HasSecret)
                {
                    return null;
                }

                Call(text, scope, "KeyBy", Function(scope, kind, RecordKind.Int, (x, k) => $"{_expressions.ToInt(kind, x)} % 7 + {k}"));
                return WritePairOperator(text, RecordKind.PairOf(RecordKind.Int, kind, "Key", "Value"), scope);
        }
    }

    private RecordKind WritePairOperator(StringBuilder text, RecordKind kind, CodeScope scope)
    {
        var (key, value) = (kind.Key!, kind.Value!);
        var named = RecordKind.PairOf(key, value, "Key", "Value");
        switch (random.Next(10))
        {
            case 0:
                Call(text, scope, "Keys", ("", "none"));
                return key;
            case 1:
                Call(text, scope, "Values", ("", "none"));
                return value;
            case 2:
                Call(text, scope, "PartitionBy", ($"new HashPartitioner<{key.Type}>(2)", "none"));
                return named;
            case 3 when key.Shape is RecordShape.Int or RecordShape.Long or RecordShape.Text:
                Call(text, scope, "SortByKey", (random.Next(2) == 0 ? "" : "ascending: false", "none"));
                return named;
            case > 3 and < 9 when !key.HasText && !key.HasSecret:
                return WriteJoin(text, kind, scope);
            default:
                var (add, form) = _functions.Write(scope, ["long", value.Type], "long", (x, k) => $"{x[0]} * 31 + {_expressions.ToInt(value, x[1])} + {k}");
                var (merge, _) = _functions.Write(scope, ["long", "long"], "long", (x, _) => $"{x[0]} * 7 + {x[1]}");
                Call(text, scope, "AggregateByKey", ($"5L, {add}, {merge}", form), $"AggregateByKey<{key.Type}, {value.Type}, long>");
                return RecordKind.PairOf(key, RecordKind.Long, "Key", "Value");
        }
    }

    /// <summary>A second chain over the data set that this one began with.</summary>
    private string Other(RecordKind kind, CodeScope scope)
    {
        var other = new StringBuilder(_root.Name);
        Call(other, scope, "Map", Function(scope, _root.Kind, kind, (x, k) => _expressions.Convert(_root.Kind, kind, x, k)), $"Map<{kind.Type}>");
        return other.ToString();
    }

    private RecordKind WriteSubtract(StringBuilder text, RecordKind kind, CodeScope scope)
    {
        Call(text, scope, "Subtract", (Other(kind.Unnamed, scope), "other"), $"Map<{kind.Unnamed.Type}>(record => record).Subtract");
        return kind.Unnamed;
    }

    private RecordKind WriteJoin(StringBuilder text, RecordKind kind, CodeScope scope)
    {
        var other = Other(RecordKind.PairOf(kind.Key!, RecordKind.Int), scope);
        var name = _expressions.Pick("Join", "LeftOuterJoin", "RightOuterJoin", "FullOuterJoin", "SubtractByKey", "Cogroup");
        Call(text, scope, name, (other, "other"));
        switch (name)
        {
            case "SubtractByKey":
                return RecordKind.PairOf(kind.Key!, kind.Value!, "Key", "Value");
            case "Cogroup":
                Call(text, scope, "Map", ("group => (group.Key, group.Values.Left.Count * 100 + group.Values.Right.Sum(value => value % 10))", "lambda over literal"));
                return RecordKind.PairOf(kind.Key!, RecordKind.Int);
            case "Join":
                Call(text, scope, "MapValues", ("values => values.Right", "lambda over literal"));
                return RecordKind.PairOf(kind.Key!, RecordKind.Int, "Key", "Value");
            case "LeftOuterJoin":
                Call(text, scope, "MapValues", ("values => values.Right.GetValueOrDefault(-7)", "lambda over literal"));
                return RecordKind.PairOf(kind.Key!, RecordKind.Int, "Key", "Value");
            case "RightOuterJoin":
                Call(text, scope, "MapValues", ("values => values.Left.HasValue ? values.Right : -values.Right", "lambda over literal"));
                return RecordKind.PairOf(kind.Key!, RecordKind.Int, "Key", "Value");
            default:
                Call(text, scope, "MapValues", ("values => (values.Left.HasValue ? 1 : 0) + (values.Right.HasValue ? 2 : 0)", "lambda over literal"));
                return RecordKind.PairOf(kind.Key!, RecordKind.Int, "Key", "Value");
        }
    }

    /// <summary>Appends an action that folds, orders or looks up, and gives one value or some; false where none of them takes such records.</summary>
    private bool TryWriteFold(StringBuilder text, RecordKind kind, CodeScope scope)
    {
        switch (random.Next(10))
        {
            case 0 when kind.Shape is RecordShape.Int or RecordShape.Long or RecordShape.Double:
                Call(text, scope, "Sum", ("", "action"));
                break;
            case 1:
                var (add, form) = _functions.Write(scope, ["long", kind.Type], "long", (x, k) => $"{x[0]} * 31 + {_expressions.ToInt(kind, x[1])} + {k}");
                Call(text, scope, "Aggregate", ($"3L, {add}, (left, right) => left * 7 + right", form), "Aggregate<long>");
                break;
            case 2 when kind.Shape is RecordShape.Int or RecordShape.Long or RecordShape.Double or RecordShape.Text or RecordShape.Color:
                var (fold, foldForm) = FoldOf(scope, kind);
                Call(text, scope, "Fold", ($"{(kind.Shape == RecordShape.Text ? "\"zero\"" : "default")}, {fold}", foldForm));
                break;
            case 3 or 9 when kind.Shape is RecordShape.Int or RecordShape.Long or RecordShape.Text:
                Call(text, scope, _expressions.Pick("Top", "TakeOrdered"), ("3", "action"));
                return true;
            case 4 or 6 when kind.IsPair && kind.Key!.Shape is RecordShape.Int or RecordShape.Long:
                var name = _expressions.Pick("CountByKey", "CollectAsMap", "Lookup");
                Call(text, scope, name, (name == "Lookup" ? "2" : "", "action"));
                text.Append(name == "Lookup" ? "" : ".OrderBy(entry => entry.Key)");
                return true;
            case 5 or 7 when kind.Shape is RecordShape.Int or RecordShape.Long or RecordShape.Text:
                Call(text, scope, _expressions.Pick("Min", "Max"), ("", "action"));
                break;
            case 8 when random.Next(2) == 0:
                Call(text, scope, "IsEmpty", ("", "action"));
                break;
            default:
                return false;
        }

        text.Insert(0, "new[] { ").Append(" }");
        return true;
    }
}
