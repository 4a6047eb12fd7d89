using System.Text.RegularExpressions;
using CodegenStreaming.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Tests.Parse;

/// <summary>Records that can't be stored are an error that names the member.</summary>
public sealed partial class CodecRuleTests
{
    private const string CodecMembers =
        "public static RecordSchema Schema => Int32Codec.Schema; public static void Write(ref RecordWriter writer, $1 value) { } public static $1 Read(ref RecordReader reader) => default!;";

    private const string Advice = "Store another type, or name a codec for it by [RecordCodec].";

    [Theory]
    [InlineData("public record R(IEnumerable<IProduct> Lines); public interface IProduct;", "its member Lines[] has the type IProduct: an interface does not say what is to be stored")]
    [InlineData("public record R((int, Shape) Pair); public abstract class Shape;", "its member Pair.Item2 has the type Shape: an abstract class does not say what is to be stored")]
    [InlineData("public record R(Inner? Inner); public record struct Inner(Version Version);", "its member Inner.Version has the type Version: there is no codec for this type of the system's")]
    [InlineData("public record R(object Anything);", "its member Anything has the type object: there is no codec for this type of the system's")]
    [InlineData("public record R(Dictionary<string, R>? Children);", "its member Children has the type R: it contains itself, and so deep as a record may then be no reader can follow")]
    [InlineData("public record R(int[,] Matrix);", "its member Matrix has the type int[,]: no codec is written for such a type")]
    [InlineData("public record R(Func<int> Function);", "its member Function has the type Func<int>: no codec is written for such a type")]
    [InlineData("public class R { private int _hidden; public int Next() => ++_hidden; }", "its member _hidden can't be stored: generated code has no access to it")]
    [InlineData("public class R { public int Once { get; } public R(string text) => Once = text.Length; }", "its member Once can't be set, and no constructor of R that generated code could call takes it by that name and type")]
    [InlineData("public class R { private R() { } public int Number { get; set; } public static R Make() => new(); }", "R has no constructor that generated code could call")]
    [InlineData("public class R { public event Action? Changed; public int Number { get; set; } public void Raise() => Changed?.Invoke(); }", "its member Changed can't be stored: it is an event")]
    [InlineData("public class R { public int Number { private get; set; } }", "its member Number can't be stored: generated code has no access to it")]
    [InlineData("public struct R(int start) { public int Number { get; set; } public int Sum => start + Number; }", "its member start can't be stored: it is a parameter that members use")]
    [InlineData("public class R : Base { public new int Number { get; set; } } public class Base { public int Number { get; set; } }", "its member Number can't be stored: it hides another of its name")]
    [InlineData("public record R(Inner Inner); public class Inner { internal Inner(long number) { } public int Number { get; } }", "the type Inner of its member Inner: its member Number can't be set, and no constructor of Inner that generated code could call takes it by that name and type")]
    public void MemberWithoutACodec_IsNamed(string types, string reason)
    {
        var reports = Diagnosed.Reports("CGS0101", Program(types, "s.Input<R>(\"n\").[|SaveAsObjectFiles|](\"out\");"));

        Assert.Equal($"'SaveAsObjectFiles' cannot store values of R: {reason}. {Advice}", Assert.Single(reports).GetMessage(null));
    }

    [Fact]
    public void EachCall_IsReported() => Assert.Equal(4, Diagnosed.Reports("CGS0101", Program(
        "public record R(object Value);",
        """
        var engine = new EngineContext();
        s.Input<R>("n").[|SaveAsObjectFiles|]("out");
        s.Input<R>("n").ForeachRdd(rdd => rdd.[|SaveAsObjectFile|]("out"));
        engine.[|ObjectFile<R>|]("out").Count();
        s.[|LogStream<R>|]("out");
        """)).Count);

    [Theory]
    [InlineData("s.Input<(R, int)>(\"n\").[|UpdateStateByKey|]((IReadOnlyList<int> values, Option<long> sum) => sum).Print();", "UpdateStateByKey")]
    [InlineData("s.Input<(int, int)>(\"n\").[|UpdateStateByKey|]((BatchTime time, int key, IReadOnlyList<int> values, Option<R> state) => state, 2).Print();", "UpdateStateByKey")]
    [InlineData("s.Input<(int, R)>(\"n\").[|MapWithState|](StateSpec.Function((int key, Option<R> value, State<R> state) => key)).Print();", "MapWithState")]
    [InlineData("s.Input<(R, int)>(\"n\").[|ReduceByKeyAndWindow|]((l, r) => l + r, (w, p) => w - p, TimeSpan.FromSeconds(2)).Print();", "ReduceByKeyAndWindow")]
    [InlineData("s.Input<(int, R)>(\"n\").[|ReduceByKeyAndWindow|]((l, r) => l, (w, p) => w, TimeSpan.FromSeconds(2), filter: p => true).Print();", "ReduceByKeyAndWindow")]
    [InlineData("s.Input<R>(\"n\").[|ReduceByWindow|]((l, r) => l, (w, p) => w, TimeSpan.FromSeconds(2)).Print();", "ReduceByWindow")]
    [InlineData("s.Input<R>(\"n\").[|CountByValueAndWindow|](TimeSpan.FromSeconds(2)).Print();", "CountByValueAndWindow")]
    public void StateWithoutACodec_IsAnError(string call, string name)
    {
        var reports = Diagnosed.Reports("CGS0101", Program("public record R(object Value);", call));

        Assert.Equal(
            $"'{name}' cannot store values of R: its member Value has the type object: there is no codec for this type of the system's. {Advice}",
            Assert.Single(reports).GetMessage(null));
    }

    [Fact]
    public void KeyAndState_AreReportedEach_AndOneTypeOnce()
    {
        const string Types = "public record R(object Value); public record Other(Version Value);";
        string[] Messages(string call) => [.. Diagnosed.Run(Program(Types, call)).Diagnostics.Where(diagnostic => diagnostic.Id == "CGS0101").Select(diagnostic => diagnostic.GetMessage(null).Split(':')[0])];

        Assert.Equal(
            ["'UpdateStateByKey' cannot store values of R", "'UpdateStateByKey' cannot store values of Other"],
            Messages("s.Input<(R, int)>(\"n\").UpdateStateByKey((IReadOnlyList<int> values, Option<Other> state) => state);"));
        Assert.Equal(
            ["'UpdateStateByKey' cannot store values of R"],
            Messages("s.Input<(R, int)>(\"n\").UpdateStateByKey((IReadOnlyList<int> values, Option<R> state) => state);"));
    }

    [Theory]
    [InlineData("s.Input<R>(\"n\").Window(TimeSpan.FromSeconds(2)).Print();")]
    [InlineData("s.Input<R>(\"n\").CountByWindow(TimeSpan.FromSeconds(2)).Print();")]
    [InlineData("s.Input<R>(\"n\").ReduceByWindow((l, r) => l, TimeSpan.FromSeconds(2)).Print();")]
    [InlineData("s.Input<(R, R)>(\"n\").GroupByKeyAndWindow(TimeSpan.FromSeconds(2)).Print();")]
    [InlineData("s.Input<(R, R)>(\"n\").ReduceByKeyAndWindow((l, r) => l, TimeSpan.FromSeconds(2)).Print();")]
    [InlineData("s.Input<(int, R)>(\"n\").UpdateStateByKey((IReadOnlyList<R> values, Option<int> state) => state).Print();")]
    [InlineData("s.Input<(int, R)>(\"n\").MapWithState(StateSpec.Function((int key, Option<R> value, State<int> state) => new R(key))).Print();")]
    public void WindowWhoseBatchesCanBeComputedAgain_AndWhatNoStateKeeps_AreNotReported(string call) =>
        Diagnosed.DoesNotReport("CGS0101", Program("public record R(object Value);", call));

    [Theory]
    [InlineData("s.Input<R>(\"n\").SaveAsObjectFiles(\"out\", codec: RecordCodec.Of<R, OwnCodec>());")]
    [InlineData("s.Input<R>(\"n\").Map(r => 1).SaveAsObjectFiles(\"out\");")]
    [InlineData("s.Input<R>(\"n\").SaveAsTextFiles(\"out\");")]
    [InlineData("s.Input<R>(\"n\").CountByValue().Print();")]
    [InlineData("s.Input<R>(\"n\").Map(r => (r, r)).ReduceByKey((left, right) => left).Print();")]
    [InlineData("s.Input<R>(\"n\").ForeachRdd(rdd => rdd.Distinct().Count());")]
    public void CodecOfTheUsers_AndRecordsThatAreNotStored_AreNotReported(string call) => Diagnosed.DoesNotReport("CGS0101", Program(
        """
        public record R(object Value);

        public struct OwnCodec : ICodec<R>
        {
            public static RecordSchema Schema => StringCodec.Schema;
            public static void Write(ref RecordWriter writer, R value) => writer.WriteString(value.Value.ToString());
            public static R Read(ref RecordReader reader) => new(reader.ReadString()!);
        }
        """,
        call));

    [Fact]
    public void TypeParameter_IsSeenWhenTheProgramRuns()
    {
        var run = Diagnosed.Run("""
            [StreamingPipeline] public partial class P<T>
            {
                public void Define(StreamingContext s) => Save(s.Input<T>("n"));
                private static void Save<TRecord>(DStream<TRecord> records) => records.SaveAsObjectFiles("out");
            }
            """);
        run.AssertCompiles();
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id == "CGS0101");
    }

    [Fact]
    public void TypeOfAnotherAssembly_IsStoredByWhatItShows_AndRefusedWhereThatIsNothing()
    {
        using var image = new MemoryStream();
        Assert.True(ProgramCompiler.Create(
        [
            ("Library.cs", """
                public readonly struct Instant { private readonly long _ticks; public Instant(int year, int day) => _ticks = (year * 365L) + day; public long Days => _ticks; }
                public readonly struct Shown { public Shown(long days) => Days = days; public long Days { get; } }
                """),
        ], assemblyName: "Library").Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        var compilation = ProgramCompiler.Create([("Program.cs", Program("", "s.Input<(Shown, int)>(\"n\").UpdateStateByKey((IReadOnlyList<int> values, Option<Instant> state) => state).Print();"))])
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()));

        Assert.Equal(
            $"'UpdateStateByKey' cannot store values of Instant: nothing of what Instant of another assembly holds can be seen. {Advice}",
            Assert.Single(GeneratorRun.Over(compilation).Diagnostics, diagnostic => diagnostic.Id == "CGS0101").GetMessage(null));
    }

    [Theory]
    [InlineData("[RecordCodec(typeof(Own))] public record R(object Value); public class Own : ICodec<R> { MEMBERS(R) }", "[RecordCodec] names Own, which is no structure that implements ICodec<T> by public members")]
    [InlineData("[RecordCodec(typeof(Own<>))] public record R(object Value); public struct Own<T> : ICodec<T> { MEMBERS(T) }", "[RecordCodec] names Own, which is no structure that implements ICodec<T> by public members")]
    [InlineData("[RecordCodec(typeof(Own))] public record R(object Value); public struct Own : ICodec<R> { static RecordSchema ICodec<R>.Schema => Int32Codec.Schema; public static void Write(ref RecordWriter writer, R value) { } public static R Read(ref RecordReader reader) => default!; }", "[RecordCodec] names Own, which is no structure that implements ICodec<T> by public members")]
    [InlineData("[assembly: RecordCodec(typeof(string))] public record R(Version Value);", "[RecordCodec] names String, which is no structure that implements ICodec<T> by public members")]
    [InlineData("[RecordCodec(null!)] public record R(int Value);", "[RecordCodec] names nothing, which is no structure that implements ICodec<T> by public members")]
    [InlineData("[RecordCodec(typeof(Own))] public record R(int Value); public struct Own : ICodec<int> { MEMBERS(int) }", "[RecordCodec] names Own, which is no ICodec<R>")]
    [InlineData("[RecordCodec(typeof(Own))] public record R(int Value); file struct Own : ICodec<R> { MEMBERS(R) }", "its codec can't be used: the type Own is local to its file")]
    [InlineData("public record R(Inner Inner); [RecordCodec(typeof(int))] public record struct Inner;", "its member Inner has the type Inner: [RecordCodec] names Int32, which is no structure that implements ICodec<T> by public members")]
    public void NamedCodecThatIsNone_IsAnError(string types, string reason)
    {
        var reports = Diagnosed.Reports("CGS0101", Program(Members().Replace(types, CodecMembers), "s.Input<R>(\"n\").[|SaveAsObjectFiles|](\"out\");"));

        Assert.Equal($"'SaveAsObjectFiles' cannot store values of R: {reason}. {Advice}", Assert.Single(reports).GetMessage(null));
    }

    [GeneratedRegex(@"MEMBERS\((\w+)\)")]
    private static partial Regex Members();

    private static string Program(string types, string body) => $$"""
        using CodegenStreaming.Codecs;

        {{types}}

        [StreamingPipeline] public partial class P
        {
            public void Define(StreamingContext s)
            {
                {{body}}
            }
        }
        """;
}
