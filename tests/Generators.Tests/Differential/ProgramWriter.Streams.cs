using System.Text;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Programs whose streams depend on earlier batches and on one another: windows, states, joins.</summary>
internal sealed partial class ProgramWriter
{
    private const int MostWeight = 12;

    private readonly List<DefinedStream> _streams = [];

    /// <summary>Writes such a program.</summary>
    public static RandomProgram WriteStreams(int seed)
    {
        var writer = new ProgramWriter(seed, "Streams");
        writer.Begin();
        if (writer._random.Next(2) == 0)
        {
            writer.Begin();
        }

        for (var steps = 2 + writer._random.Next(3); steps > 0; steps--)
        {
            writer.WriteStep();
        }

        foreach (var stream in writer._streams.Where(stream => !stream.IsRead || writer._random.Next(3) == 0).ToList())
        {
            writer.WriteOutput(stream.Name, stream.Kind);
        }

        return new RandomProgram(seed, writer._name, writer.Compose(), writer._chains.Calls);
    }

    private void WriteStep()
    {
        switch (_random.Next(13))
        {
            case < 2:
                WriteCheckedWindow(Any());
                break;
            case < 5:
                WriteWindow(Any());
                break;
            case < 7:
                WriteState(Any());
                break;
            case 7:
                WriteBatchesTogether(Any());
                break;
            case 8 or 9:
                WriteCheckedState(Any());
                break;
            case 10:
                WriteCheckedJoin(Any());
                break;
            default:
                WriteJoin();
                break;
        }
    }

    private DefinedStream Begin()
    {
        var (text, kind) = Chain(Define(), _random.Next(3));
        return Add(new StringBuilder(text), kind, 1, 1);
    }

    private void WriteWindow(DefinedStream source)
    {
        var span = WindowSpan.Next(_random, source.Slide);
        if (_random.Next(4) == 0)
        {
            WriteWindowInHelper(source, span);
            return;
        }

        var (text, kind) = Read(source, "window");
        if (!kind.IsPair && _random.Next(2) == 0)
        {
            kind = _chains.WriteKeys(text, kind, KeyKind(), Scope("window"));
        }

        kind = _chains.WriteWindow(text, kind, Scope("window"), span);
        WriteRest(text, kind, span.Slide, source.Weight * span.Length, "window");
    }

    /// <summary>The chain to the window goes through a method.</summary>
    private void WriteWindowInHelper(DefinedStream source, WindowSpan span)
    {
        source.IsRead = true;
        var isStatic = _random.Next(2) == 0;
        var name = _chains.NewName("Slide");
        var body = new StringBuilder();
        var scope = new CodeScope { Context = "window in a helper", HasThis = !isStatic, Members = _members, Statements = body };
        var inner = new StringBuilder("source");
        var kind = _chains.Write(inner, source.Kind, scope, _random.Next(2));
        kind = _chains.WriteWindow(inner, kind, scope, span);
        _members.AppendLine(
            $"        private {(isStatic ? "static " : "")}DStream<{kind.Type}> {name}(DStream<{source.Kind.Type}> source)\n        {{\n{body}            return {inner};\n        }}");
        WriteRest(new StringBuilder($"{name}({source.Name})"), kind, span.Slide, source.Weight * span.Length, "window in a helper");
    }

    private void WriteState(DefinedStream source)
    {
        var (text, kind) = Read(source, "state");
        if (!kind.IsPair || kind.Depth > 2)
        {
            kind = _chains.WriteKeys(text, kind, KeyKind(), Scope("state"));
        }

        if (_random.Next(2) == 0)
        {
            kind = _chains.WriteUpdateState(text, kind, Scope("state"));
            WriteRest(text, kind, source.Slide, 2, "state");
            return;
        }

        var (mapped, states) = _chains.WriteMapWithState(text, kind, Scope("state"));
        var stream = Add(text, mapped, source.Slide, source.Weight);
        if (_random.Next(2) == 0)
        {
            stream.IsRead = _random.Next(2) == 0; // Then only the states are.
            WriteRest(new StringBuilder($"{stream.Name}.StateSnapshots()"), states, source.Slide, 2, "snapshots");
        }
    }

    private void WriteJoin()
    {
        var one = Any();
        var others = _streams.Where(stream => stream.Slide == one.Slide).ToList();
        var two = others[_random.Next(others.Count)];
        var key = one.Kind is { IsPair: true, Key: { HasText: false, Depth: 0 } given } && _random.Next(2) == 0 ? given : KeyKind();
        var slide = one.Slide;
        if (_random.Next(2) == 0)
        {
            // Windows of different lengths and of the same slide.
            var span = WindowSpan.Next(_random, slide);
            one = WriteWindowOf(one, span);
            two = WriteWindowOf(two, span with { Length = WindowSpan.Next(_random, slide).Length });
            slide = span.Slide;
        }

        var (right, rightKind) = Read(two, "join");
        rightKind = _chains.WriteKeys(right, rightKind, key, Scope("join"));
        var other = right.ToString();
        if (_random.Next(2) == 0)
        {
            other = Assign(other);
        }

        var (left, leftKind) = Read(one, "join");
        leftKind = _chains.WriteKeys(left, leftKind, key, Scope("join"));
        leftKind = _chains.WriteJoin(left, leftKind, other, rightKind, Scope("join"));
        WriteRest(left, leftKind, slide, one.Weight * two.Weight * 2, "join");
    }

    /// <summary>Two streams of equal slide as one, whole batch by whole batch.</summary>
    private void WriteBatchesTogether(DefinedStream one)
    {
        var others = _streams.Where(stream => stream.Slide == one.Slide && (stream.Kind.HasText || !one.Kind.HasText)).ToList();
        var two = others[_random.Next(others.Count)];
        var (right, kind) = one.Kind.HasText ? (new StringBuilder(two.Name), two.Kind) : Read(two, "together"); // A chain may lose the text.
        two.IsRead = true;
        if (kind != one.Kind)
        {
            _chains.WriteMap(right, kind, one.Kind, Scope("together"));
        }

        one.IsRead = true;
        var text = new StringBuilder(_random.Next(3) switch
        {
            0 => $"streaming.Union({one.Name}, {right})",
            1 => $"{one.Name}.TransformWith({right}, (left, right, time) => time.Milliseconds % 3000 == 0 ? left : left.Union(right))",
            _ => $"{one.Name}.Union({right})",
        });
        WriteRest(text, one.Kind.Unnamed, one.Slide, one.Weight + two.Weight, "together"); // Names of elements that differ are lost.
    }

    private DefinedStream WriteWindowOf(DefinedStream source, WindowSpan span)
    {
        var (text, kind) = Read(source, "window");
        _chains.WritePlainWindow(text, Scope("window"), span);
        return Add(text, kind, span.Slide, source.Weight * span.Length);
    }

    /// <summary>A chain that begins in a stream.</summary>
    private (StringBuilder Text, RecordKind Kind) Read(DefinedStream source, string context)
    {
        source.IsRead = true;
        var text = new StringBuilder(source.Name);
        return (text, _chains.Write(text, source.Kind, Scope(context), _random.Next(3)));
    }

    /// <summary>What comes behind an operator.</summary>
    private void WriteRest(StringBuilder text, RecordKind kind, int slide, int weight, string context)
    {
        if (weight > MostWeight)
        {
            _chains.WriteLimit(text, Scope(context));
            weight = MostWeight;
        }

        kind = _chains.Write(text, kind, Scope($"behind {context}"), _random.Next(3));
        Add(text, kind, slide, weight);
    }

    private DefinedStream Add(StringBuilder text, RecordKind kind, int slide, int weight)
    {
        var stream = new DefinedStream(Assign(text.ToString()), kind, slide, weight);
        _streams.Add(stream);
        return stream;
    }

    /// <summary>A stream defined so far; one of the latest more often.</summary>
    private DefinedStream Any() => _streams[Math.Max(_random.Next(_streams.Count), _random.Next(_streams.Count))];

    private RecordKind KeyKind() => _random.Next(4) switch { 0 => RecordKind.Text, 1 => RecordKind.Point, 2 => RecordKind.Long, _ => RecordKind.Int };

    private CodeScope Scope(string context) => Define(context);

    /// <summary>A local variable that holds a stream.</summary>
    /// <param name="Name">The variable.</param>
    /// <param name="Kind">The record type.</param>
    /// <param name="Slide">The slide in batches.</param>
    /// <param name="Weight">How many records it has, roughly, in multiples of what a batch has.</param>
    private sealed record DefinedStream(string Name, RecordKind Kind, int Slide, int Weight)
    {
        public bool IsRead { get; set; }
    }
}
