using CodegenStreaming.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace CodegenStreaming.Generators.Tests.Execution;

/// <summary>Generated codecs give back what was stored, whatever shape the type has.</summary>
public sealed class CodecTests
{
    /// <summary>Types that compare by value, and a record R of each program.</summary>
    public static TheoryData<string, string> Shapes => new()
    {
        { "record R(int A, string? B) { public long C { get; init; } public int Computed => A + 1; }", "new R(1, null) { C = 3 }" },
        { "readonly record struct R(int A, (string Name, int[] Values)? Pair) { public bool Equals(R other) => A == other.A && Pair?.Values?.Length == other.Pair?.Values?.Length; public override int GetHashCode() => A; }", "new R(1, (\"x\", new[] { 1, 2 }))" },
        { "readonly struct R { public R(int a, double b) => (A, B) = (a, b); public readonly int A; public double B { get; } }", "new R(1, 2.5)" },
        { "struct R { public int @class; public char Separator; public R(int @class) { this.@class = @class; Separator = ';'; } }", "new R(5)" },
        { "record R { public required int A { get; init; } public required string B { get; set; } }", "new R { A = 1, B = \"b\" }" },
        { "record R { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public R(int a) => A = a; public required int A { get; init; } public string? B; }", "new R(1) { B = \"b\" }" },
        { "record Base(int A); record R(int A, string B) : Base(A) { public int C; }", "new R(1, \"b\") { C = 2 }" },
        { "record R(Box<int> Number, Box<string?> Text, Box<Box<DayOfWeek>> Day); record Box<T>(T Content);", "new R(new(1), new(null), new(new(DayOfWeek.Friday)))" },
        { "record struct R;", "new R()" },
        { "record R(Empty Nothing, ulong Last); record struct Empty;", "new R(default, ulong.MaxValue)" },
        { "record R((int, int, int, int, int, int, int, string) Eight, ValueTuple<int> One);", "new R((1, 2, 3, 4, 5, 6, 7, \"eight\"), new(1))" },
        { "record R(Large Flags, Large? None); [Flags] enum Large : ulong { None = 0, Low = 1, High = ulong.MaxValue }", "new R(Large.High, null)" },
        { "record R(Int128 A, UInt128 B, Half C, DateTimeOffset D, TimeSpan E, DateOnly F, TimeOnly G, Guid H, decimal I)", "new R(1, 2, (Half)3, DateTimeOffset.UnixEpoch, TimeSpan.MaxValue, DateOnly.MaxValue, TimeOnly.MaxValue, Guid.Empty, 1.50m)" },
        { "record R(Int32Codec Own, RecordWriter Other); record struct Int32Codec(int Value); record RecordWriter(string Name);", "new R(new(1), new(\"x\"))" },
        { "record R(RCodec Inner, List Own); record RCodec(int Value); record List(string Name);", "new R(new(1), new(\"x\"))" },
        { "record R(KeyValuePair<string, int> Pair, Option<string> Some, Option<R2> None); record R2(byte A);", "new R(new(\"a\", 1), new(\"b\"), default)" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Record_ComesBack(string types, string record)
    {
        types = types.EndsWith(')') ? types + ";" : types;
        var program = ProgramCompiler.Compile(Program(types, record), OptimizationLevel.Debug);
        var result = PipelineRunner.Run(log => program.Create("P", log), [BatchData.Of("n", [1], [2, 3])]);

        Assert.Equal("1 out: ['3 of 3']", Assert.Single(result.Lines));
    }

    [Fact]
    public void Codecs_OfAClassInSeveralFiles_StandInTheFirst()
    {
        var program = ProgramCompiler.Compile(
        [
            ("A.cs", "[StreamingPipeline] public partial class P(ResultLog log) { public void Define(StreamingContext streaming) => Save(streaming.Input<int>(\"n\")); }"),
            ("B.cs", """
                using Things;

                public partial class P
                {
                    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("codecs-").FullName;

                    private void Save(DStream<int> numbers) => numbers.Map(n => new Thing(n)).ForeachRdd(rdd =>
                    {
                        rdd.SaveAsObjectFile(_folder);
                        using var engine = new EngineContext(master: "local[1]");
                        log.Add("out", engine.ObjectFile<Thing>(_folder).Map(thing => thing.Number).Collect());
                        System.IO.Directory.Delete(_folder, true);
                    });
                }
                """),
            ("C.cs", "namespace Things; public record Thing(int Number);"),
        ]);
        var result = PipelineRunner.Run(log => program.Create("P", log), [BatchData.Of("n", [1], [2, 3])]);

        Assert.Equal("1 out: [1 | 2 | 3]", Assert.Single(result.Lines));
    }

    [Fact]
    public void ClassOfOperators_HasItsCodecs_AndAPrivatePipelineItsOwn()
    {
        var program = ProgramCompiler.Compile("""
            public record Thing(int Number);

            [StreamingOperators]
            public static partial class Things
            {
                public static void Save(Rdd<int> numbers, string folder) => numbers.Map(n => new Thing(n)).SaveAsObjectFile(folder);
                public static int[] Load(EngineContext engine, string folder) => engine.ObjectFile<Thing>(folder).Map(thing => thing.Number).Collect();
            }

            public partial class Outer
            {
                [StreamingPipeline]
                private partial class P(ResultLog log)
                {
                    private record Own(int Number);

                    public void Define(StreamingContext streaming) => streaming.Input<int>("n").ForeachRdd(rdd =>
                    {
                        var folder = System.IO.Directory.CreateTempSubdirectory("codecs-").FullName;
                        using var engine = new EngineContext(master: "local[1]");
                        Things.Save(rdd, folder + "/things");
                        log.Add("things", Things.Load(engine, folder + "/things"));
                        rdd.Map(n => new Own(n)).SaveAsObjectFile(folder + "/own");
                        try
                        {
                            engine.ObjectFile<Own>(folder + "/own").Collect();
                        }
                        catch (StreamingTaskException exception)
                        {
                            log.Add("own", (IEnumerable<string>)[exception.InnerException!.GetType().Name]);
                        }

                        System.IO.Directory.Delete(folder, true);
                    });
                }
            }
            """);
        var result = PipelineRunner.Run(log => program.Create("P", log), [BatchData.Of("n", [1], [2, 3])]);

        Assert.Equal(["1 things: [1 | 2 | 3]", "1 own: ['MissingCodecException']"], result.Lines);
    }

    private static string Program(string types, string record) => $$"""
        [StreamingPipeline]
        public partial class P(ResultLog log)
        {
            private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("codecs-").FullName;

            public void Define(StreamingContext streaming) => streaming.Input<int>("n").Map(n => {{record}}).ForeachRdd(rdd =>
            {
                rdd.SaveAsObjectFile(_folder);
                using var engine = new EngineContext(master: "local[1]");
                var records = rdd.Collect();
                log.Add("out", (IEnumerable<string>)[$"{engine.ObjectFile<R>(_folder).Collect().Zip(records).Count(pair => Equals(pair.First, pair.Second))} of {records.Length}"]);
                System.IO.Directory.Delete(_folder, true);
            });

            private {{types}}
        }
        """;
}
