using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Execution;

/// <summary>The codecs of what is kept from batch to batch are where the runtime looks for them: in the table of the class.</summary>
public sealed class KeptCodecTests
{
    private const string Types = """
        public enum Level : byte { Low, High }
        public record struct Id(int Number);
        public record Sum(long Total);
        public record Unstorable(object Anything, Id Id);
        """;

    /// <summary>A call, and the types whose codecs it needs beside the built-in ones.</summary>
    public static TheoryData<string, string> Calls => new()
    {
        { "s.Input<(Id, int)>(\"n\").UpdateStateByKey((IReadOnlyList<int> values, Option<Sum> sum) => sum)", "Id Sum" },
        { "s.Input<(Id, int)>(\"n\").UpdateStateByKey((BatchTime time, Id key, IReadOnlyList<int> values, Option<Sum> sum) => sum, 3)", "Id Sum" },
        { "s.Input<(Level, int)>(\"n\").UpdateStateByKey((IEnumerable<(Level Key, IReadOnlyList<int> Values, Option<(int, int)> State)> all) => all.Select(entry => (entry.Key, entry.State.Value)))", "Level (Int32,Int32)" },
        { "s.Input<(string, int)>(\"n\").UpdateStateByKey((IReadOnlyList<int> values, Option<long> sum) => sum)", "" },
        { "s.Input<(Id, Sum)>(\"n\").MapWithState(StateSpec.Function((Id id, Option<Sum> sum, State<List<Sum>> sums) => new Unstorable(id, id)))", "Id List<Sum>" },
        { "s.Input<(string, Id)>(\"n\").MapWithState(StateSpec.Function((string id, Option<Id> sum, State<BatchTime> last) => id))", "BatchTime" },
        { "s.Input<(Id, Sum)>(\"n\").ReduceByKeyAndWindow((l, r) => l, (w, p) => w, Length)", "Id Sum" },
        { "s.Input<(Id, Sum)>(\"n\").ReduceByKeyAndWindow((l, r) => l, Length)", "Id Sum" },
        { "s.Input<(Id, Unstorable)>(\"n\").ReduceByKeyAndWindow((l, r) => l, Length)", "Id" },
        { "s.Input<(Id, Sum)>(\"n\").GroupByKeyAndWindow(Length)", "Id Sum" },
        { "s.Input<Id>(\"n\").CountByValueAndWindow(Length)", "Id" },
        { "s.Input<(Id Key, string Value)>(\"n\").CountByValueAndWindow(Length)", "(Id,String)" },
        { "s.Input<Sum>(\"n\").ReduceByWindow((l, r) => l, (w, p) => w, Length)", "Sum" },
        { "s.Input<Sum>(\"n\").ReduceByWindow((l, r) => l, Length)", "Sum" },
        { "s.Input<(Id Key, string Value)>(\"n\").Window(Length)", "(Id,String)" },
        { "s.Input<(int, int)>(\"n\").Window(Length)", "(Int32,Int32)" },
        { "s.Input<Sum[]>(\"n\").Window(Length)", "Sum[]" },
        { "s.Input<string>(\"n\").Window(Length)", "" },
        { "s.Input<Unstorable>(\"n\").Window(Length)", "" },
        { "s.Input<Sum>(\"n\").CountByWindow(Length)", "" }, // Numbers are kept.
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Codec_IsInTheTable(string call, string types) =>
        Assert.Equal(types, string.Join(' ', Table(Types, call).Codecs.Select(codec => Text(codec.RecordType))));

    [Fact]
    public void CodecOfAnUnmanagedType_HasAnotherSchemaThanItsBytes() => Assert.Equal(
        "tuple { Item1: int32, Item2: int32 }",
        Table("", "s.Input<(int, int)>(\"n\").Window(Length)").CodecOf<(int, int)>()!.Schema.ToString());

    [Fact]
    public void CodecsOfMembersOfATypeThatHasNone_AreNotWritten() =>
        Assert.DoesNotContain("IdCodec", Compile(Types, "s.Input<Unstorable>(\"n\").Window(Length)").Run.Sources[0].Text, StringComparison.Ordinal);

    [Fact]
    public void CodecOfAMember_IsThereForTheNextType() =>
        Assert.Equal(typeof(long), Assert.Single(Table(
            "public record Bad(Good Good, object Value); public record Good(long Number);",
            "s.Input<Bad>(\"n\").Window(Length); s.Input<Good>(\"m\").Window(Length)").Codecs).RecordType.GetProperty("Number")!.PropertyType);

    [Fact]
    public void TypesWithTheNamesOfTheRuntimesCodecs_HideNone() =>
        Assert.Equal(2, Table("public record Int32(int Number); public record String(string Text);", "s.Input<(Int32, String, int, string)>(\"n\").Window(Length).Map(r => r.Item2).Window(Length)").Codecs.Count());

    private static LoopTable Table(string types, string call) => ((IPipelineLoops)Compile(types, call).Create("P")).Loops;

    private static CompiledProgram Compile(string types, string call) => ProgramCompiler.Compile($$"""
        {{types}}

        [StreamingPipeline]
        public partial class P
        {
            private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

            public void Define(StreamingContext s)
            {
                {{call}}.Print();
            }
        }
        """);

    private static string Text(Type type) =>
        type.IsArray ? Text(type.GetElementType()!) + "[]"
        : !type.IsGenericType ? type.Name
        : type.Name.StartsWith("ValueTuple", StringComparison.Ordinal) ? $"({string.Join(',', type.GetGenericArguments().Select(Text))})"
        : $"{type.Name.Split('`')[0]}<{string.Join(',', type.GetGenericArguments().Select(Text))}>";
}
