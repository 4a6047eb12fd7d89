using System.Collections.Immutable;
using CodegenStreaming.Codecs;

namespace Golden;

/// <summary>What checkpoints store of states and windows: keys and states get their codecs, each on its own.</summary>
[StreamingPipeline]
public sealed partial class KeptTypes(ResultLog log)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    private enum Level
    {
        Low,
        High,
    }

    public void Define(StreamingContext streaming)
    {
        var numbers = streaming.Input<int>("input");
        numbers.Map(number => (new Device(number % 3), number))
            .UpdateStateByKey((IReadOnlyList<int> values, Option<Seen> seen) =>
                new(new Seen(seen.GetValueOrDefault()?.Latest.AddRange(values) ?? [.. values], new Unit("m"))))
            .ForeachRdd(rdd => log.Add("seen", rdd.Map(pair => $"{pair.Key.Number}: {string.Join(' ', pair.State.Latest)}").Collect()));
        numbers.Map(number => (number > 5 ? Level.High : Level.Low, (number, 1.5)))
            .ReduceByKeyAndWindow((left, right) => (left.Item1 + right.Item1, 1.5), (whole, part) => (whole.Item1 - part.Item1, 1.5), Length)
            .ForeachRdd(rdd => log.Add("levels", rdd.Map(pair => $"{pair.Key}: {pair.Value}").Collect()));

        // These can be computed again: what has no codec is not stored.
        numbers.Map(number => (Key: number % 2, Text: $"{number}")).Window(Length).Map(pair => pair.Text)
            .ForeachRdd(rdd => log.Add("window", rdd.Collect()));
        numbers.Map(number => (object)number).Window(Length).Map(number => $"{number}")
            .ForeachRdd(rdd => log.Add("objects", rdd.Collect()));
    }

    private readonly record struct Device(int Number);

    private sealed record Seen(ImmutableList<int> Latest, Unit Unit);

    [RecordCodec(typeof(UnitCodec))]
    private sealed class Unit(string symbol)
    {
        public override string ToString() => symbol;
    }

    private readonly struct UnitCodec : ICodec<Unit?>
    {
        public static RecordSchema Schema => StringCodec.Schema;

        public static void Write(ref RecordWriter writer, Unit? value) => writer.WriteString(value?.ToString());

        public static Unit? Read(ref RecordReader reader) => reader.ReadString() is { } symbol ? new Unit(symbol) : null;
    }
}
