using System.Text;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Writes chains of operator calls, each call on a line of its own with its number.</summary>
internal sealed partial class ChainWriter(Random random, bool throws)
{
    private readonly Expressions _expressions = new(random);
    private readonly FunctionWriter _functions = new(random);
    private readonly List<OperatorCall> _calls = [];
    private readonly Dictionary<StringBuilder, OperatorCall> _last = [];
    private bool _hasThrown;

    public IReadOnlyList<OperatorCall> Calls => _calls;

    public string NewName(string prefix) => _functions.NewName(prefix);

    /// <summary>Appends calls to an expression; gives the record type at its end.</summary>
    public RecordKind Write(StringBuilder text, RecordKind kind, CodeScope scope, int length, bool isRdd = false)
    {
        var expansions = 0;
        _root = (text.ToString(), kind);
        for (var step = 0; step < length; step++)
        {
            kind = WriteOperator(text, kind, scope, isRdd, ref expansions);
            WriteKeep(text);
        }

        return kind;
    }

    /// <summary>Appends one <c>Map</c> to a given record type.</summary>
    public void WriteMap(StringBuilder text, RecordKind from, RecordKind to, CodeScope scope)
    {
        if (throws && !_hasThrown)
        {
            _hasThrown = true;
            Call(text, scope, "Map", _functions.Write(scope, [from.Type], to.Type, (x, k) =>
                $"{_expressions.ToInt(from, x[0])} % 7 == 3 ? throw new FormatException(\"bad \" + {k}) : {_expressions.Convert(from, to, x[0], k)}"));
        }
        else if (!to.HasText && random.Next(10) == 0)
        {
            Call(text, scope, "Map", _functions.WriteDiscard(scope, k => _expressions.Convert(RecordKind.Int, to, k, k)), $"Map<{to.Type}>");
        }
        else
        {
            Call(text, scope, "Map", Function(scope, from, to, (x, k) => _expressions.Convert(from, to, x, k)), random.Next(8) == 0 ? $"Map<{to.Type}>" : "Map");
        }
    }

    public void WriteFilter(StringBuilder text, RecordKind kind, CodeScope scope)
    {
        var (function, form) = _functions.Write(scope, [kind.Type], "bool", (x, k) => _expressions.Predicate(kind, x[0], k));
        Call(text, scope, "Filter", (random.Next(6) == 0 ? $"predicate: {function}" : function, form));
    }

    public void WritePrint(StringBuilder text, RecordKind kind, CodeScope scope)
    {
        Lead(text, kind, scope);
        Call(text, scope, "Print", (random.Next(2) == 0 ? "" : "3", "output"));
    }

    /// <summary>Appends an action of a data set; false where it gives nothing back.</summary>
    public bool WriteAction(StringBuilder text, RecordKind kind, CodeScope scope, string output)
    {
        Lead(text, kind, scope);
        if (random.Next(5) < 3 && TryWriteFold(text, kind, scope))
        {
            return true;
        }

        switch (random.Next(10))
        {
            case 0:
                Call(text, scope, "Count", ("", "action"));
                return true;
            case 1:
                Call(text, scope, "Take", ($"{random.Next(1, 5)}", "action"));
                return true;
            case 2:
                Call(text, scope, "Foreach", ($"record => log.Each(\"{output}\", record)", "action"));
                return false;
            case 3:
                Call(text, scope, "ForeachPartition", ($"records => log.Partition(\"{output}\", records)", "action"));
                return false;
            case 4:
                Call(text, scope, "ToLocalIterator", ("", "action"));
                return true;
            case 5 when random.Next(2) == 0:
                Call(text, scope, "CountByValue", ("", "action"));
                return true;
            case 6 when random.Next(2) == 0:
                Call(text, scope, "Reduce", FoldOf(scope, kind));
                text.Insert(0, "new[] { ").Append(" }");
                return true;
            case 7 when random.Next(2) == 0:
                Call(text, scope, "First", ("", "action"));
                text.Insert(0, "new[] { ").Append(" }");
                return true;
            case 8 when random.Next(2) == 0:
                Call(text, scope, "SaveAsTextFile", ($"log.FolderOf(\"{output}\")", "action"));
                text.Append($"; log.AddFolder(\"{output}\")");
                return false;
            default:
                Call(text, scope, "Collect", ("", "action"));
                return true;
        }
    }

    /// <summary>Sometimes what lies behind is kept: no loop goes across it, and the results are the same.</summary>
    private void WriteKeep(StringBuilder text)
    {
        if (random.Next(16) == 0)
        {
            text.Append(random.Next(2) == 0 ? ".Persist()" : ".Cache()");
            _last.Remove(text);
        }
    }

    private RecordKind WriteOperator(StringBuilder text, RecordKind kind, CodeScope scope, bool isRdd, ref int expansions)
    {
        if (kind.Depth > 2)
        {
            var leaf = _expressions.Target(kind, scope.HasThis, depth: 1);
            WriteMap(text, kind, leaf, scope);
            return leaf;
        }

        if (kind.Shape == RecordShape.Utf8 && BeginsRun(text) && random.Next(3) != 0)
        {
            return WriteTextHead(text, scope);
        }

        if (isRdd && random.Next(2) == 0 && WriteDataSetOperator(text, kind, scope) is { } changed)
        {
            return changed;
        }

        if (kind.IsPair && random.Next(2) == 0)
        {
            return WriteKeyed(text, kind, scope, isRdd, ref expansions);
        }

        switch (random.Next(21))
        {
            case < 7:
                var target = _expressions.Target(kind, scope.HasThis);
                WriteMap(text, kind, target, scope);
                return target;
            case < 11:
                WriteFilter(text, kind, scope);
                return kind;
            case < 14 when expansions < 2:
                expansions++;
                return WriteFlatMap(text, kind, scope);
            case 14:
                var key = KeyTarget(kind, scope);
                Call(text, scope, "KeyBy", Function(scope, kind, key, (x, k) => _expressions.Convert(kind, key, x, k)));
                return RecordKind.PairOf(key, kind, "Key", "Value");
            case 15:
                Call(text, scope, "MapPartitions", ($"records => records{(random.Next(2) == 0 ? "" : ".Where((_, place) => place > 0)")}.Take(20)", "lambda over partitions"));
                return kind;
            case 16:
                Call(text, scope, "Glom", ("", "none"));
                Call(text, scope, "FlatMap", (random.Next(2) == 0 ? "block => block" : "block => block.Take(9)", "lambda over literal"));
                return kind;
            case 17:
                Lead(text, kind, scope);
                Call(text, scope, "Repartition", (random.Next(2) == 0 ? "2" : "numPartitions: 3", "none"));
                return kind;
            case 18 when !isRdd:
                return WriteWhole(text, kind, scope);
            case 19:
                return WriteAsync(text, kind, scope);
            default:
                WriteFilter(text, kind, scope);
                return kind;
        }
    }

    /// <summary>A step that awaits. Its calls are done at once: in a program that throws, others would be begun or not as it happens.</summary>
    private RecordKind WriteAsync(StringBuilder text, RecordKind kind, CodeScope scope)
    {
        Lead(text, kind, scope);
        if (random.Next(2) == 0)
        {
            Call(text, scope, "FilterAsync", ($"(x, _) => new ValueTask<bool>({_expressions.Predicate(kind, "x", "2")})", "asynchronous"));
            return kind;
        }

        var target = _expressions.Target(kind, scope.HasThis, depth: 1);
        Call(text, scope, "MapAsync", ($"(x, _) => Task.FromResult<{target.Type}>({_expressions.Convert(kind, target, "x", "3")})", "asynchronous"));
        return target;
    }

    /// <summary>What a loop over text can begin with on the whole buffer.</summary>
    private RecordKind WriteTextHead(StringBuilder text, CodeScope scope)
    {
        var (name, function) = _expressions.TextHead("line");
        Call(text, scope, name, ($"line => {function}", "text head"));
        return RecordKind.Utf8;
    }

    private RecordKind WriteWhole(StringBuilder text, RecordKind kind, CodeScope scope)
    {
        switch (random.Next(3))
        {
            case 0:
                Lead(text, kind, scope);
                Call(text, scope, "Count", ("", "none"));
                return RecordKind.Long;
            case 1:
                Call(text, scope, "CountByValue", (random.Next(2) == 0 ? "" : "2", "none"));
                return RecordKind.PairOf(kind, RecordKind.Long, "Value", "Count");
            default:
                Call(text, scope, "Reduce", FoldOf(scope, kind));
                return kind;
        }
    }

    private RecordKind WriteFlatMap(StringBuilder text, RecordKind kind, CodeScope scope)
    {
        var element = _expressions.Target(kind, scope.HasThis, depth: 1);
        var (function, form) = _functions.Write(
            scope, [kind.Type], $"IEnumerable<{element.Type}>", (x, k) => _expressions.Sequence(kind, element, x[0], k));
        var isInferred = form.StartsWith("lambda", StringComparison.Ordinal) || form is "static lambda" or "typed parameters";
        Call(text, scope, "FlatMap", (function, form), isInferred && random.Next(2) == 0 ? "FlatMap" : $"FlatMap<{element.Type}>");
        return element;
    }

    private RecordKind WriteKeyed(StringBuilder text, RecordKind kind, CodeScope scope, bool isRdd, ref int expansions)
    {
        var (key, value) = (kind.Key!, kind.Value!);
        switch (random.Next(isRdd ? 9 : 12))
        {
            case 9:
                Lead(text, kind, scope);
                Call(text, scope, "UpdateStateByKey", ($"(IReadOnlyList<{value.Type}> values, Option<int> state) => {UpdateOf("values", "state")}", "typed parameters"));
                return RecordKind.PairOf(key, RecordKind.Int, "Key", "State");
            case 10 or 11:
                Lead(text, kind, scope);
                Call(text, scope, "MapWithState", ($"StateSpec.Function(({key.Type} key, Option<{value.Type}> value, State<int> state) => {MappingOf("key", "state")})", "none"));
                Call(text, scope, "MapValues", ("count => count + 1", "lambda over literal")); // A variable may then be given other streams too.
                return RecordKind.PairOf(key, RecordKind.Int, "Key", "Value");
            case < 3:
                var target = _expressions.Target(value, scope.HasThis, depth: 1);
                Call(text, scope, "MapValues", Function(scope, value, target, (x, k) => _expressions.Convert(value, target, x, k)));
                return RecordKind.PairOf(key, target, "Key", "Value");
            case 3 when expansions < 2:
                expansions++;
                var element = _expressions.Target(value, scope.HasThis, depth: 1);
                var (function, form) = _functions.Write(
                    scope, [value.Type], $"IEnumerable<{element.Type}>", (x, k) => _expressions.Sequence(value, element, x[0], k));
                Call(text, scope, "FlatMapValues", (function, form), $"FlatMapValues<{key.Type}, {value.Type}, {element.Type}>");
                return RecordKind.PairOf(key, element, "Key", "Value");
            case 4:
                Lead(text, kind, scope);
                Call(text, scope, "GroupByKey", (random.Next(2) == 0 ? "" : $"new HashPartitioner<{key.Type}>(3)", "none"));
                Call(text, scope, "MapValues", ("values => values.Count", "lambda over literal"));
                return RecordKind.PairOf(key, RecordKind.Int, "Key", "Value");
            case 5:
                Call(text, scope, "CombineByKey", CombineOf(scope, value));
                return RecordKind.PairOf(key, RecordKind.PairOf(RecordKind.Int, value), "Key", "Value");
            default:
                var (fold, foldForm) = FoldOf(scope, value);
                var arguments = random.Next(4) switch
                {
                    0 => $"{fold}, 2",
                    1 => $"numPartitions: 2, function: {fold}",
                    2 => $"{fold}, new HashPartitioner<{key.Type}>(2)",
                    _ => fold,
                };
                Call(text, scope, "ReduceByKey", (arguments, foldForm));
                return RecordKind.PairOf(key, value, "Key", "Value");
        }
    }

    /// <summary>True where no loop can come from before: at a chain's beginning, and behind an exchange.</summary>
    private bool BeginsRun(StringBuilder text) => !_last.TryGetValue(text, out var last) || OperatorCall.EndsRun(last.Operator);

    /// <summary>Mostly puts a function before an operator that has none, so that there is something to fuse.</summary>
    private void Lead(StringBuilder text, RecordKind kind, CodeScope scope)
    {
        if (BeginsRun(text) && random.Next(8) != 0)
        {
            WriteFilter(text, kind, scope);
        }
    }

    private RecordKind KeyTarget(RecordKind kind, CodeScope scope) => _expressions.Target(kind, scope.HasThis, depth: 1);

    private (string Text, string Form) FoldOf(CodeScope scope, RecordKind kind) =>
        random.Next(12) == 0
            ? ("(_, second) => second", "discard")
            : _functions.Write(scope, [kind.Type, kind.Type], kind.Type, (x, _) => _expressions.Fold(kind, x[0], x[1]));

    /// <summary>Counts values, and ends a state now and then.</summary>
    private string UpdateOf(string values, string state) =>
        $"{state}.GetValueOrDefault() > {random.Next(1, 20)} ? default : new({state}.GetValueOrDefault() + {values}.Count)";

    private string MappingOf(string key, string state)
    {
        var most = random.Next(1, 20);
        return $"{{ if ({state}.GetOption().GetValueOrDefault() > {most}) {{ {state}.Remove(); return ({key}, -1); }} "
            + $"{state}.Update({state}.GetOption().GetValueOrDefault() + 1); return ({key}, {state}.Get()); }}";
    }

    private (string Text, string Form) CombineOf(CodeScope scope, RecordKind value)
    {
        var combined = $"(int, {value.Type})";
        var (create, form) = _functions.Write(scope, [value.Type], combined, (x, k) => $"({k}, {x[0]})");
        var (add, _) = _functions.Write(scope, [combined, value.Type], combined, (x, k) => $"({x[0]}.Item1 + {k}, {_expressions.Fold(value, $"{x[0]}.Item2", x[1])})");
        var (merge, _) = _functions.Write(
            scope, [combined, combined], combined, (x, k) => $"({x[0]}.Item1 * 31 + {x[1]}.Item1, {_expressions.Fold(value, $"{x[0]}.Item2", $"{x[1]}.Item2")})");
        return ($"{create}, {add}, {merge}", form);
    }

    private (string Text, string Form) Function(CodeScope scope, RecordKind from, RecordKind to, Func<string, string, string> body) =>
        _functions.Write(scope, [from.Type], to.Type, (x, k) => body(x[0], k));

    private void Call(StringBuilder text, CodeScope scope, string name, (string Text, string Form) arguments, string? spelled = null)
    {
        var call = new OperatorCall(_calls.Count, name, arguments.Form, scope.Context, !scope.IsUnreached, OperatorCall.IsOther(name) || (OperatorCall.IsPlain(name) && BeginsRun(text)));
        _calls.Add(call);
        _last[text] = call;
        text.Append($"\n{scope.Margin}{call.Mark}.{spelled ?? name}({arguments.Text})");
    }
}
