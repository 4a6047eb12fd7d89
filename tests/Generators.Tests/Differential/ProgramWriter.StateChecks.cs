using System.Text;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>States and joins that the program computes beside the operator, in plain code, and compares.</summary>
internal sealed partial class ProgramWriter
{
    private void WriteCheckedState(DefinedStream source)
    {
        source = Keyed(source, KeyKind());
        var (key, value) = (source.Kind.Key!.Type, source.Kind.Value!.Type);
        var kept = _chains.NewName("kept");
        var function = _chains.NewName("step");
        var most = 1 + _random.Next(3);
        var number = _chains.NumberOf(source.Kind.Value!, "value");
        _statements.AppendLine($"            var {kept} = new KeptStates<{key}, {value}, long>();");
        var text = new StringBuilder(source.Name);
        if (_random.Next(2) == 0)
        {
            _statements.AppendLine($"            Func<IReadOnlyList<{value}>, Option<long>, Option<long>> {function} = (values, state) => values.Count == {most} ? default(Option<long>) "
                + $": values.Aggregate(state, (sum, value) => new Option<long>(unchecked(sum.GetValueOrDefault() * 31 + {number})));");
            _statements.AppendLine($"            {source.Name}.ForeachRdd(rdd => {kept}.UpdateAll(rdd, {function}));");
            _chains.WriteCall(text, Define("state"), "UpdateStateByKey", function + (_random.Next(2) == 0 ? "" : ", 3"));
            AddChecked(text, source.Kind.Key!, source.Slide, kept);
            return;
        }

        var timeout = _random.Next(3) == 0 ? null : $"TimeSpan.FromMilliseconds({_random.Next(2, 12) * 500})";
        _statements.AppendLine($"            Func<Option<long>, {value}, Option<long>> {function} = (state, value) => state.GetValueOrDefault() % 5 == {most} ? default(Option<long>) "
            + $": new Option<long>(unchecked(state.GetValueOrDefault() * 31 + {number}));");
        _statements.AppendLine($"            {source.Name}.ForeachRdd((rdd, time) => {kept}.UpdateEach(rdd, time, {timeout ?? "null"}, {function}));");
        _chains.WriteCall(
            text,
            Define("state"),
            "MapWithState",
            $"StateSpec.Function(({key} key, Option<{value}> value, State<long> state) => {{ if (state.IsTimingOut) return (key, -state.Get()); "
            + $"if ({function}(state.GetOption(), value.Value).TryGetValue(out var next)) state.Update(next); else state.Remove(); return (key, next); }})"
            + (timeout is null ? "" : $".Timeout({timeout})"));
        var mapped = Add(text, RecordKind.PairOf(source.Kind.Key!, RecordKind.Long), source.Slide, source.Weight);
        AddChecked(new StringBuilder($"{mapped.Name}.StateSnapshots()"), source.Kind.Key!, source.Slide, kept);
    }

    private void WriteCheckedJoin(DefinedStream one)
    {
        var others = _streams.Where(stream => stream.Slide == one.Slide).ToList();
        var key = KeyKind();
        var left = Keyed(one, key);
        var right = Keyed(others[_random.Next(others.Count)], key);
        var (all, other) = (_chains.NewName("kept"), _chains.NewName("kept"));
        _statements.AppendLine($"            var {all} = new KeptBatches<{left.Kind.Type}>();\n            {left.Name}.ForeachRdd(rdd => {all}.Add(rdd));");
        _statements.AppendLine($"            var {other} = new KeptBatches<{right.Kind.Type}>();\n            {right.Name}.ForeachRdd(rdd => {other}.Add(rdd));");
        var name = _random.Next(2) == 0 ? "FullOuterJoin" : "LeftOuterJoin";
        var text = new StringBuilder(left.Name);
        _chains.WriteCall(text, Define("join"), name, right.Name);
        _chains.WriteCall(text, Define("join"), "Map", name == "LeftOuterJoin"
            ? "pair => (pair.Key, $\"{pair.Values.Left} {pair.Values.Right}\")"
            : "pair => (pair.Key, $\"{(pair.Values.Left.HasValue ? pair.Values.Left.Value : null)} {pair.Values.Right}\")");
        var lefts = $"{all}.Latest(1).GroupJoin({other}.Latest(1), pair => (pair.Item1, 0), pair => (pair.Item1, 0), (pair, same) => (Pair: pair, Same: same.ToList()))"
            + ".SelectMany(pair => pair.Same.Count == 0 ? [(pair.Pair.Item1, $\"{pair.Pair.Item2} None\")] : pair.Same.Select(same => (pair.Pair.Item1, $\"{pair.Pair.Item2} Some({same.Item2})\")))";
        var rights = $".Concat({other}.Latest(1).Where(pair => !{all}.Latest(1).Any(same => Equals(same.Item1, pair.Item1))).Select(pair => (pair.Item1, $\" Some({{pair.Item2}})\")))";
        var stream = Add(text, RecordKind.PairOf(key, RecordKind.Text), left.Slide, Math.Min(left.Weight * right.Weight, MostWeight));
        _statements.AppendLine($"            {stream.Name}.ForeachRdd(rdd => log.Same(\"{stream.Name}\", {lefts}{(name == "FullOuterJoin" ? rights : "")}, rdd.Collect()));");
    }

    private void AddChecked(StringBuilder text, RecordKind key, int slide, string kept)
    {
        var states = Add(text, RecordKind.PairOf(key, RecordKind.Long, "Key", "State"), slide, 2);
        _statements.AppendLine($"            {states.Name}.ForeachRdd(rdd => log.Same(\"{states.Name}\", {kept}.All, rdd.Collect()));");
    }

    /// <summary>A stream of pairs with few keys.</summary>
    private DefinedStream Keyed(DefinedStream source, RecordKind key)
    {
        var (text, kind) = Read(source, "keys");
        kind = _chains.WriteKeys(text, kind, key, Define("keys"));
        var keyed = Add(text, kind, source.Slide, source.Weight);
        keyed.IsRead = true;
        return keyed;
    }
}
