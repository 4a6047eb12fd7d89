using System.Text;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Writes one random pipeline class, and the helper class that it may use.</summary>
internal sealed partial class ProgramWriter
{
    private readonly Random _random;
    private readonly ChainWriter _chains;
    private readonly StringBuilder _members = new();
    private readonly StringBuilder _statements = new();
    private readonly StringBuilder _operators = new();
    private readonly string _name;

    /// <summary>Half of the programs have long chains over data sets, the others mostly streams.</summary>
    private readonly bool _likesDataSets;
    private int _outputs;

    private ProgramWriter(int seed, string name = "Program")
    {
        _random = new Random(seed);
        _name = name + seed;
        _likesDataSets = name == "Program" && seed % 2 == 1;
        _chains = new ChainWriter(_random, throws: _random.Next(8) == 0);
    }

    public static RandomProgram Write(int seed)
    {
        var writer = new ProgramWriter(seed);
        var statements = 1 + writer._random.Next(3);
        for (var statement = 0; statement < statements; statement++)
        {
            writer.WriteStatement();
        }

        return new RandomProgram(seed, writer._name, writer.Compose(), writer._chains.Calls);
    }

    private CodeScope Define(string context = "definition") => new()
    {
        Context = context,
        HasThis = true,
        Members = _members,
        Statements = _statements,
        Local = "local",
        Constant = "Step",
    };

    private void WriteStatement()
    {
        switch (_random.Next(9))
        {
            case 0:
                WriteFanOut();
                break;
            case 1:
                WriteLoopOfDefinitions();
                break;
            case 2:
                WriteReassigningLoop();
                break;
            case 3:
                WriteCondition();
                break;
            case 4:
                WriteHelperMethod();
                break;
            case 5:
                WriteUnion();
                break;
            case 6:
                WriteTransform();
                break;
            case 7:
                WriteLocals();
                break;
            default:
                var (chain, kind) = Chain(Define(), 1 + _random.Next(5));
                WriteOutput(chain, kind);
                break;
        }
    }

    private void WriteLocals()
    {
        var (first, middle) = Chain(Define("local"), 1 + _random.Next(3));
        var name = Assign(first);
        var second = new StringBuilder(name);
        var kind = _chains.Write(second, middle, Define("local"), 1 + _random.Next(3));
        WriteOutput(second.ToString(), kind);
    }

    private void WriteFanOut()
    {
        var (shared, kind) = Chain(Define("fan-out"), 1 + _random.Next(2));
        var name = Assign(shared);
        for (var reader = 0; reader < 2; reader++)
        {
            var text = new StringBuilder(name);
            var end = _chains.Write(text, kind, Define("fan-out"), 1 + _random.Next(2));
            WriteOutput(text.ToString(), end);
        }
    }

    private void WriteLoopOfDefinitions()
    {
        var body = new StringBuilder();
        var variable = _chains.NewName("index");
        var copy = _chains.NewName("copy");
        var (chain, kind) = Chain(Define().With("loop", body, local: copy), 1 + _random.Next(3));
        body.Append(Output(chain, kind));
        _statements.AppendLine($"            for (var {variable} = 0; {variable} < 2; {variable}++)\n            {{\n                var {copy} = {variable};\n{body}            }}");
    }

    private void WriteReassigningLoop()
    {
        var (first, kind) = Chain(Define(), 1);
        var name = Assign(first);
        var variable = _chains.NewName("index");
        var inner = new StringBuilder();
        var text = new StringBuilder(name);
        _chains.WriteMap(text, kind, kind, Define().With("loop", inner));
        if (_random.Next(2) == 0)
        {
            _chains.WriteFilter(text, kind.Unnamed, Define().With("loop", inner));
        }

        _statements.AppendLine($"            for (var {variable} = 0; {variable} < 2; {variable}++)\n            {{\n{inner}                {name} = {text};\n            }}");
        WriteOutput(name, kind);
    }

    private void WriteCondition()
    {
        var (first, kind) = Chain(Define(), 1);
        var name = Assign(first);
        var text = new StringBuilder(name);
        if (_random.Next(2) == 0)
        {
            var isReached = _random.Next(3) != 0;
            var inner = new StringBuilder();
            var scope = new CodeScope
            {
                Context = "condition",
                HasThis = true,
                Members = _members,
                Statements = inner,
                Local = "local",
                Constant = "Step",
                IsUnreached = !isReached,
                Indent = 16,
            };
            _chains.WriteFilter(text, kind, scope);
            _statements.AppendLine($"            if (factor {(isReached ? "<" : ">")} 50)\n            {{\n{inner}                {name} = {text};\n            }}");
            WriteOutput(name, kind);
            return;
        }

        // Only one side of the conditional expression is defined.
        var left = new StringBuilder(name);
        _chains.WriteFilter(left, kind, Define("condition"));
        WriteOutput($"(factor < 50 ? {left} : {name})", kind);
    }

    private void WriteUnion()
    {
        var (first, kind) = Chain(Define("union"), 1 + _random.Next(2));
        var one = Assign(first);
        var (input, from) = RandomInput(kind);
        var two = new StringBuilder(input);
        if (kind != from)
        {
            _chains.WriteMap(two, from, kind, Define("union"));
        }

        var text = new StringBuilder($"{one}.Union({two})");
        var end = _chains.Write(text, kind, Define("union"), 1 + _random.Next(2));
        WriteOutput(text.ToString(), end);
    }

    private (string Text, RecordKind Kind) Chain(CodeScope scope, int length)
    {
        var (input, kind) = RandomInput(null);
        var text = new StringBuilder(input);
        kind = _chains.Write(text, kind, scope, length);
        return (text.ToString(), kind);
    }

    private (string Text, RecordKind Kind) RandomInput(RecordKind? target)
    {
        // Slices of text can't be made from anything else.
        var choices = RecordKind.Inputs.Where(input => target is not { HasText: true } || input.Value.HasText).ToList();
        var (name, kind) = choices[_random.Next(5) == 0 ? choices.FindIndex(input => input.Value.HasText) : _random.Next(choices.Count)];
        return ($"streaming.Input<{kind.Type}>(\"{name}\")", kind);
    }

    private string Assign(string chain)
    {
        var name = _chains.NewName("stream");
        _statements.AppendLine($"            var {name} = {chain};");
        return name;
    }

    private void WriteOutput(string chain, RecordKind kind)
    {
        var output = Output(chain, kind);
        _statements.Append(output);
    }

    private string Output(string chain, RecordKind kind)
    {
        if (_random.Next(12) == 0)
        {
            var printed = new StringBuilder($"            {chain}");
            _chains.WritePrint(printed, kind, Define().With("definition", null));
            return $"{printed};\n";
        }

        var name = "out" + _outputs++;
        var inner = new StringBuilder();
        var scope = Define().With("foreachRdd", inner, local: "tick");
        var text = new StringBuilder("rdd");
        var end = _chains.Write(text, kind, scope, _random.Next(_likesDataSets ? 6 : 3), isRdd: true);
        var returns = _chains.WriteAction(text, end, scope, name);
        var head = returns ? $"log.Add(\"{name}\", {text})" : text.ToString();
        return $"            {chain}\n            .ForeachRdd((rdd, time) =>\n            {{\n                var tick = (int)(time.Milliseconds / 1000);\n{inner}                {head};\n            }});\n";
    }

    private string Compose()
    {
        var pipeline = $$"""
                [StreamingPipeline]
                {{(_random.Next(3) == 0 ? "internal" : "public")}} sealed partial class {{_name}}(ResultLog log, int factor){{(_random.Next(8) == 0 ? " : IStreamingPipeline" : "")}}
                {
                    private const int Shift = 1;
                    private readonly int _offset = factor + 1;

                    public void Define(StreamingContext streaming)
                    {
                        const int Step = 3;
                        var local = factor + 2;
            {{_statements}}        }

            {{_members}}
                    private readonly record struct Secret(int Level, string? Note);
                }
            """;
        if (_random.Next(5) == 0)
        {
            pipeline = $"    internal static partial class Outer{_name}\n    {{\n{pipeline.Replace("internal sealed", "private sealed", StringComparison.Ordinal)}\n    }}";
        }

        var operators = _operators.Length == 0 ? "" : $$"""

                [StreamingOperators]
                internal static partial class Operators{{_name}}
                {
                    private const int Shift = 1;

            {{_operators}}    }
            """;
        return $"namespace RandomPrograms\n{{\n{pipeline}{operators}\n}}\n";
    }
}
