using System.Reflection;
using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Generators.Tests.Harness;
using CodegenStreaming.Tests;
using CodegenStreaming.Tests.Codecs;

namespace CodegenStreaming.Generators.Tests.Execution;

/// <summary>
/// The codecs that are generated for states, of every kind of type: what was written comes back, and any other bytes give a value or a clear exception, and never ask
/// for more memory than the bytes account for.
/// </summary>
public sealed class CodecDamageTests
{
    private const int Rounds = 100_000;

    /// <summary>What a value in memory may be larger than its bytes: a dictionary with its header, of one byte.</summary>
    private const int Growth = 400;

    private const int Overhead = 8192;

    private const string Program = """
        using System.Collections.Immutable;

        public enum Level : byte { Low, High = 200 }
        public readonly record struct Point(double X, float Y);
        public struct Plain { public Int128 Large; public char Mark; public DateOnly? Day; }
        public sealed record Line(string? Product, decimal Price, Level Level);
        public sealed record Order(Guid Id, List<Line> Lines, Dictionary<string, Line?>? ByName, Option<Point> At, (int, string?)[] Pairs);
        public class Session { public BatchTime Last { get; set; } public required HashSet<int> Pages { get; init; } public Utf8Slice Page; public TimeSpan? Length { get; set; } }
        public sealed class Counted : Session { public IReadOnlyList<ulong> Counts { get; set; } = []; }
        public record Box<T>(T Content, Box<T>.Lid? Top) { public record struct Lid(T Inner, bool IsOpen); }
        public record struct Immutables(ImmutableArray<int> Array, ImmutableList<string> List, ImmutableHashSet<Level> Set, ImmutableDictionary<long, Point> Map);

        [StreamingPipeline]
        public partial class P
        {
            private readonly record struct Hidden(sbyte Number, DateTimeOffset Time);

            public void Define(StreamingContext s)
            {
                Keep<Level>(s.Input<(Level, Plain)>("a").UpdateStateByKey((IReadOnlyList<Plain> values, Option<Plain> state) => state));
                Keep<Point>(s.Input<(Point, int)>("b").UpdateStateByKey((IReadOnlyList<int> values, Option<Order> state) => state));
                Keep<int>(s.Input<(int, int)>("c").MapWithState(StateSpec.Function((int key, Option<int> value, State<Session> state) => key)));
                Keep<int>(s.Input<(int, int)>("d").MapWithState(StateSpec.Function((int key, Option<int> value, State<Counted> state) => key)));
                Keep<int>(s.Input<((string, Level), int)>("e").MapWithState(StateSpec.Function(((string, Level) key, Option<int> value, State<Box<Point>> state) => 1)));
                Keep<int>(s.Input<(Hidden, Box<string>)>("f").ReduceByKeyAndWindow((l, r) => l, (w, p) => w, TimeSpan.FromSeconds(2)));
                Keep<int>(s.Input<(int?, Immutables)>("g").ReduceByKeyAndWindow((l, r) => l, (w, p) => w, TimeSpan.FromSeconds(2)));
                Keep<int>(s.Input<(Guid Key, Dictionary<int, List<Point>> Value)>("h").Window(TimeSpan.FromSeconds(2)));
            }

            private static void Keep<T>(object stream) { }

            public static IEnumerable<object?> Values(Random random)
            {
                var text = random.Next(4) == 0 ? null : new string('ä', random.Next(20));
                var point = new Point(random.NextDouble(), 1.5f);
                var line = new Line(text, random.Next() / 100m, (Level)random.Next(256));
                yield return line.Level;
                yield return new Plain { Large = random.NextInt64(), Mark = 'x', Day = random.Next(2) == 0 ? null : DateOnly.MaxValue };
                yield return point;
                yield return new Order(Guid.NewGuid(), [line, null!], random.Next(2) == 0 ? null : new() { ["a"] = line, ["b"] = null }, random.Next(2) == 0 ? default : new(point), [(1, null), (random.Next(), "x")]);
                yield return new Session { Last = new(random.NextInt64()), Pages = [1, random.Next()], Page = Utf8Slice.Copy("page"), Length = TimeSpan.Zero };
                yield return new Counted { Pages = null!, Counts = new ulong[random.Next(5)] };
                yield return (text ?? "", Level.High);
                yield return new Box<Point>(point, random.Next(2) == 0 ? null : new(point, true));
                yield return new Hidden((sbyte)random.Next(-128, 127), DateTimeOffset.UnixEpoch);
                yield return new Box<string>("content", new(text!, false));
                yield return (int?)random.Next();
                yield return new Immutables([1, 2], ["a", text!], [Level.Low, line.Level], ImmutableDictionary<long, Point>.Empty.Add(random.Next(), point));
                yield return (Guid.NewGuid(), new Dictionary<int, List<Point>> { [1] = [point, point], [2] = null!, [random.Next(3, 9)] = [] });
            }
        }
        """;

    [Fact]
    public void MutatedStates_GiveAValueOrAClearException()
    {
        var program = ProgramCompiler.Compile(Program);
        var pipeline = program.Create("P");
        var values = pipeline.GetType().GetMethod("Values")!.CreateDelegate<Func<Random, IEnumerable<object>>>();
        var codecs = ((IPipelineLoops)pipeline).Loops.Codecs.ToList();

        Assert.Equal(values(new Random(1)).Select(value => value.GetType()).ToHashSet(), [.. codecs.Select(codec => Nullable.GetUnderlyingType(codec.RecordType) ?? codec.RecordType)]);
        foreach (var codec in codecs)
        {
            var fuzz = typeof(CodecDamageTests).GetMethod(nameof(Fuzz), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(codec.RecordType);
            fuzz.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [codec, values], null);
        }
    }

    private static void Fuzz<T>(RecordCodec<T> codec, Func<Random, IEnumerable<object>> values)
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"{typeof(T)}: seed {seed}");
        Randomly.Again(seed, random =>
        {
            var written = new byte[100][];
            foreach (ref var bytes in written.AsSpan())
            {
                bytes = codec.Encode((T)values(random).Single(value => value.GetType() == (Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T))));
                Assert.Equal(bytes, codec.Encode(codec.Decode(bytes)));
            }

            for (var round = 0; round < Rounds; round++)
            {
                var bytes = Mutation.Of(written[round % written.Length], random);
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    codec.Decode(bytes);
                }
                catch (CorruptRecordException exception)
                {
                    Assert.InRange(exception.Offset, 0, bytes.Length);
                }

                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Overhead + (Growth * bytes.Length));
            }
        });
    }
}
