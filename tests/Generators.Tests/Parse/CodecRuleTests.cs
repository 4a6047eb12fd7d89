using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Parse;

/// <summary>Records that can't be stored are an error that names the member.</summary>
public sealed class CodecRuleTests
{
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

        Assert.Equal($"'SaveAsObjectFiles' cannot store records of R: {reason}", Assert.Single(reports).GetMessage(null));
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
