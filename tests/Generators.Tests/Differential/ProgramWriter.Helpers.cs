using System.Text;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Chains over data sets, and chains that go through helper methods.</summary>
internal sealed partial class ProgramWriter
{
    private void WriteTransform()
    {
        var (chain, kind) = Chain(Define(), _random.Next(2));
        if (_random.Next(3) == 0)
        {
            WriteRddHelper(chain, kind);
            return;
        }

        var inner = new StringBuilder();
        if (_random.Next(2) == 0)
        {
            var text = new StringBuilder("rdd");
            kind = _chains.Write(text, kind, Define().With("transform", null), 1 + _random.Next(3), isRdd: true);
            WriteOutput($"{chain}\n            .Transform({(_random.Next(2) == 0 ? "rdd" : "(rdd, time)")} => {text})", kind);
        }
        else
        {
            var text = new StringBuilder("rdd");
            var middle = _chains.Write(text, kind, Define().With("transform", inner, local: "tick"), 1 + _random.Next(2), isRdd: true);
            var name = _chains.NewName("refined");
            inner.AppendLine($"                var {name} = {text};");
            text = new StringBuilder(name);
            kind = _chains.Write(text, middle, Define().With("transform", inner, local: "tick"), 1 + _random.Next(2), isRdd: true);
            WriteOutput(
                $"{chain}\n            .Transform((rdd, time) =>\n            {{\n                var tick = (int)(time.Milliseconds / 1000);\n{inner}                return {text};\n            }})", kind);
        }
    }

    /// <summary>A data set goes through a helper method, or meets another one.</summary>
    private void WriteRddHelper(string chain, RecordKind from)
    {
        var isStatic = _random.Next(2) == 0;
        var name = _chains.NewName("Refine");
        var body = new StringBuilder();
        var scope = new CodeScope { Context = "helper over data sets", HasThis = !isStatic, Members = _members, Statements = body };
        var text = new StringBuilder("source");
        var kind = _chains.Write(text, from, scope, 1 + _random.Next(2), isRdd: true);
        _members.AppendLine(
            $"        private {(isStatic ? "static " : "")}Rdd<{kind.Type}> {name}(Rdd<{from.Type}> source)\n        {{\n{body}            return {text};\n        }}");
        if (_random.Next(2) == 0)
        {
            WriteOutput($"{chain}\n            .Transform({name})", kind);
            return;
        }

        var (input, other) = RandomInput(from);
        var second = new StringBuilder(input);
        if (other != from)
        {
            _chains.WriteMap(second, other, from, Define());
        }

        WriteOutput($"{chain}\n            .TransformWith({second}, (left, right, time) => {name}(left.Union(right))).Named(\"{name}\")", kind);
    }

    private void WriteHelperMethod()
    {
        var (input, from) = RandomInput(null);
        var inOperators = _random.Next(3) == 0;
        var isStatic = inOperators || _random.Next(2) == 0;
        var name = _chains.NewName("Refine");
        var body = new StringBuilder();
        var scope = new CodeScope
        {
            Context = inOperators ? "operators class" : isStatic ? "static helper method" : "helper method",
            HasThis = !isStatic,
            Members = inOperators ? _operators : _members,
            Statements = body,
        };
        var text = new StringBuilder("source");
        var kind = _chains.Write(text, from, scope, 1 + _random.Next(3));
        (inOperators ? _operators : _members).AppendLine(
            $"        {(inOperators ? "public" : "private")} {(isStatic ? "static " : "")}DStream<{kind.Type}> {name}({(inOperators && _random.Next(2) == 0 ? "this " : "")}DStream<{from.Type}> source)\n"
            + $"        {{\n{body}            return {text};\n        }}");
        var before = new StringBuilder(input);
        if (_random.Next(2) == 0)
        {
            _chains.WriteFilter(before, from, Define("around a helper"));
        }

        var call = new StringBuilder($"{(inOperators ? $"Operators{_name}." : "")}{name}({before})");
        kind = _chains.Write(call, kind, Define("around a helper"), _random.Next(3));
        WriteOutput(call.ToString(), kind);
    }
}
