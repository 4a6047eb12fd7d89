using System.Text;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Operators that keep a state for each key.</summary>
internal sealed partial class ChainWriter
{
    /// <summary>Appends <c>UpdateStateByKey</c> to pairs, in one of its forms; gives the record type behind it.</summary>
    public RecordKind WriteUpdateState(StringBuilder text, RecordKind kind, CodeScope scope)
    {
        var (key, value) = (kind.Key!, kind.Value!);
        var state = StateOf(value);
        var most = random.Next(3);
        string Fold(string k) => $"foreach (var value in values) {{ {state.Type} next = {_expressions.Convert(value, state, "value", k)}; "
            + $"state = new(state.TryGetValue(out var old) ? {NextOf(state)} : next); }}";
        (string, string)[] ofValues = [($"IReadOnlyList<{value.Type}>", "values"), ($"Option<{state.Type}>", "state")];
        var (function, form) = random.Next(4) switch
        {
            0 or 1 => _functions.WriteBlock(scope, ofValues, $"Option<{state.Type}>", k => $"if (values.Count == {most}) return default; {Fold(k)} return state;"),
            2 => _functions.WriteBlock(
                scope,
                [("BatchTime", "time"), (key.Type, "key"), .. ofValues],
                $"Option<{state.Type}>",
                k => $"if ((time.Milliseconds / 1000 + {_expressions.ToInt(key, "key")}) % 5 == {most}) return default; {Fold(k)} return state;"),
            _ => _functions.WriteBlock(
                scope,
                [($"IEnumerable<({key.Type} Key, IReadOnlyList<{value.Type}> Values, Option<{state.Type}> State)>", "keys")],
                $"IEnumerable<({key.Type}, {state.Type})>",
                k => $"return keys.Where(entry => entry.Values.Count != {most}).Select(entry => {{ var (key, values, state) = entry; {Fold(k)} return (key, state.Value); }});"),
        };
        Lead(text, kind, scope);
        Call(
            text,
            scope,
            "UpdateStateByKey",
            (function + Division(key) + Beginning(key, state), form),
            form == "method group" ? $"UpdateStateByKey<{key.Type}, {value.Type}, {state.Type}>" : null);
        return RecordKind.PairOf(key, state, "Key", "State");
    }

    /// <summary>Appends <c>MapWithState</c> to pairs, in one of its forms; gives the record types of the stream behind it and of its states.</summary>
    public (RecordKind Mapped, RecordKind States) WriteMapWithState(StringBuilder text, RecordKind kind, CodeScope scope)
    {
        var (key, value) = (kind.Key!, kind.Value!);
        var state = StateOf(value);
        var isTimed = random.Next(2) == 0;
        var timeout = random.Next(2) == 0 ? $".Timeout(TimeSpan.FromSeconds({random.Next(2, 9) / 2.0}))" : "";
        var mapped = RecordKind.PairOf(key, RecordKind.Int);
        string Give(string number) => isTimed ? $"return new Option<{mapped.Type}>((key, {number}));" : $"return (key, {number});";
        var none = isTimed ? $"return default(Option<{mapped.Type}>);" : Give("-3");
        (string, string)[] parameters = [(key.Type, "key"), ($"Option<{value.Type}>", "given"), ($"State<{state.Type}>", "state")];
        var (function, form) = _functions.WriteBlock(
            scope,
            isTimed ? [("BatchTime", "time"), .. parameters] : parameters,
            isTimed ? $"Option<{mapped.Type}>" : mapped.Type,
            k => $"if (state.IsTimingOut) {{ {Give($"-1 - {_expressions.ToInt(state, "state.Get()")}")} }} "
                + $"if (!given.TryGetValue(out var value)) {{ {Give("-2")} }} "
                + $"{state.Type} next = {_expressions.Convert(value, state, "value", k)}; "
                + $"if (state.TryGet(out var old)) {{ if ({_expressions.ToInt(state, "old")} % 4 == {random.Next(4)}) {{ state.Remove(); {none} }} next = {NextOf(state)}; }} "
                + $"state.Update(next); {Give(_expressions.ToInt(state, "next"))}");
        var division = random.Next(3) switch { 0 => ".NumPartitions(2)", 1 => $".Partitioner(new HashPartitioner<{key.Type}>(3))", _ => "" };
        var initial = Initial(key, state) is { } pairs ? $".InitialState({pairs})" : "";
        Lead(text, kind, scope);
        var types = form == "method group" ? $"<{key.Type}, {value.Type}, {state.Type}, {mapped.Type}>" : "";
        Call(text, scope, "MapWithState", ($"StateSpec.Function{types}({function}){division}{timeout}{initial}", form));
        return (mapped, RecordKind.PairOf(key, state, "Key", "State"));
    }

    private RecordKind StateOf(RecordKind value) => value.HasText && random.Next(2) == 0
        ? RecordKind.Utf8
        : _expressions.Pick(
            RecordKind.Int, RecordKind.Long, RecordKind.Double, RecordKind.Text, RecordKind.Point, RecordKind.Order, RecordKind.PairOf(RecordKind.Text, RecordKind.Long));

    /// <summary>The state behind a value, from the one before; text does not grow for ever.</summary>
    private string NextOf(RecordKind state) => state.Shape switch
    {
        RecordShape.Text => "old?.Length > 20 ? next : old + next",
        RecordShape.Pair => "(old.Item1?.Length > 20 ? next.Item1 : old.Item1 + next.Item1, unchecked(old.Item2 * 31 + next.Item2))",
        _ => _expressions.Fold(state, "old", "next"),
    };

    private string Division(RecordKind key) => random.Next(4) switch
    {
        0 => ", 2",
        1 => ", numPartitions: 3",
        2 => $", new HashPartitioner<{key.Type}>(2)",
        _ => "",
    };

    private string Beginning(RecordKind key, RecordKind state) =>
        Initial(key, state) is { } pairs ? $", initialState: streaming.Engine.Parallelize({pairs}, 2)" : "";

    /// <summary>Some pairs, of which keys may be equal; mostly null.</summary>
    private string? Initial(RecordKind key, RecordKind state)
    {
        if (key.HasText || state.HasText || random.Next(3) != 0)
        {
            return null;
        }

        var pairs = Enumerable.Range(0, 3).Select(number => $"({Constant(key, number)}, {Constant(state, number)})");
        return $"new ({key.Type}, {state.Type})[] {{ {string.Join(", ", pairs)} }}";
    }

    private string Constant(RecordKind kind, int number) => _expressions.Convert(RecordKind.Int, kind, $"{number}", "1");
}
