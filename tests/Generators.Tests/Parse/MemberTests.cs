namespace CodegenStreaming.Generators.Tests.Parse;

/// <summary>What functions use of the class around them, and where that class stands.</summary>
public sealed class MemberTests
{
    private const string Out = ".ForeachRdd(r => log.Add(\"out\", r.Collect()));";

    [Theory]
    [InlineData("field", "numbers.Map(x => x + _field)", "private readonly int _field = 3;")]
    [InlineData("this", "numbers.Map(x => this.Add(x))", "private int Add(int x) => x + 1;")]
    [InlineData("property", "numbers.Map(x => x * Factor)", "private int Factor { get; } = 2;")]
    [InlineData("static method", "numbers.Map(x => Add(x))", "private static int Add(int x) => x + 1;")]
    [InlineData("method group", "numbers.Map(Add)", "private int Add(int x) => x + 1;")]
    [InlineData("method group of this", "numbers.Map(this.Add)", "private int Add(int x) => x + 1;")]
    [InlineData("static method group", "numbers.Map(Math.Abs).Map(Convert.ToString).Map(string.IsNullOrEmpty)", "")]
    [InlineData("generic method group", "numbers.Map(Same<int>).Map(Same)", "private static T Same<T>(T x) => x;")]
    [InlineData("method group of another return type", "numbers.Map<object>(Text).Map(o => o.ToString()!)", "private static string Text(int x) => \"t\" + x;")]
    [InlineData("overloaded method group", "numbers.Map<long>(Over)", "private static long Over(int x) => x; private static long Over(long x) => -x; private static long Over(int x, int y = 1) => 0;")]
    [InlineData("method group that a return type picks", "lines.Map<int>(Pick)", "private static string Pick(string x) => \"no\"; private static int Pick(object x) => 5;")]
    [InlineData("method group over a base type", "lines.Map<string>(Same2)", "private static string Same2(object x) => x.ToString() + 1;")]
    [InlineData("tuple keys with names and nesting", "lines.Map(l => ((Text: l, (Size: l.Length, Half: l.Length / 2.0)), 1)).ReduceByKey((a, b) => a + b, 1).Map(p => p.Key.Text + p.Key.Item2.Size)", "")]
    [InlineData("method group reduces", "numbers.Map(x => (x % 2, x)).ReduceByKey(Math.Max, 1)", "")]
    [InlineData("primary constructor parameter", "numbers.Map(x => x + log.GetHashCode() * 0)", "")]
    [InlineData("private nested type", "numbers.Map(x => new Item(x)).Filter(i => i.X > 1).Map(i => i.X)", "private sealed record Item(int X);")]
    [InlineData("private nested key", "numbers.Map(x => (new Item(x % 2), x)).ReduceByKey((a, b) => a + b, 1).Map(p => p.Key.X)", "private readonly record struct Item(int X);")]
    [InlineData("private nested enum", "numbers.Map(x => (x > 2 ? Kind.Big : Kind.Small, x)).ReduceByKey((a, b) => a + b, 1).Map(p => p.Key.ToString())", "private enum Kind { Small, Big }")]
    [InlineData("names that generated ones would take", "numbers.Map(x => Map0(x)).Map(x => Loop0 + x)", "private static int Map0(int x) => x; private const int Loop0 = 1, StreamingLoops = 2; private sealed class Int32Source;")]
    [InlineData("static lambda name as parameter", "numbers.Map(Map1 => Map1 + 1).Map(Map0 => Map0 + 1).Filter(Filter2 => Filter2 > 0)", "")]
    [InlineData("definition in a loop", "foreach (var k in new[] { 1, 2 }) { var s = numbers.Map(x => x + 1); if (k > 0) { s = s.Filter(x => x > k - k); } s.ForeachRdd(r => log.Add(\"k\", r.Collect())); } numbers.Map(x => x)", "")]
    [InlineData("local read once", "var a = numbers.Map(x => x + 1); var b = a.Filter(x => x > 2); b", "")]
    [InlineData("local read in a loop", "var a = numbers.Map(x => x + 1); for (var i = 0; i < 2; i++) { a.Filter(x => x > 2).ForeachRdd(r => log.Add(\"k\", r.Collect())); } a.Map(x => x)", "")]
    [InlineData("local read in a lambda", "var a = numbers.Map(x => x + 1); Action twice = () => a.Filter(x => x > 2).ForeachRdd(r => log.Add(\"k\", r.Collect())); twice(); twice(); numbers.Map(x => x)", "")]
    [InlineData("local assigned again", "var a = numbers.Map(x => x + 1); a = a.Filter(x => x > 2); a", "")]
    [InlineData("helper method", "Clean(numbers).Map(x => x + 1)", "private DStream<int> Clean(DStream<int> s) => s.Filter(x => x > 1).Map(x => x * _k); private readonly int _k = 2;")]
    [InlineData("helper method, twice", "Clean(numbers).Map(x => x + 1).ForeachRdd(r => log.Add(\"first\", r.Collect())); Clean(numbers.Map(x => -x))", "private static DStream<int> Clean(DStream<int> s) => s.Filter(x => x > 1);")]
    [InlineData("map partitions", "numbers.Map(x => x + 1).MapPartitions(xs => xs.Where(x => x > 2)).Filter(x => x < 60).MapPartitions(Sums).Map(x => x)", "private static IEnumerable<int> Sums(IEnumerable<int> xs) { yield return xs.Sum(); }")]
    [InlineData("glom", "numbers.Filter(x => x > 1).Glom().Map(a => a.Length)", "")]
    [InlineData("union", "numbers.Map(x => x + 1).Union(numbers.Filter(x => x > 1)).Map(x => x * 2)", "")]
    [InlineData("transform", "numbers.Map(x => x + 1).Transform(r => r.Filter(x => x > 1).Map(x => x * 2)).Map(x => x - 1)", "")]
    [InlineData("transform with", "numbers.Map(x => x + 1).TransformWith(lines.Map(l => l.Length), (a, b, t) => a.Filter(x => x > 1).Union(b.Map(x => x * 2))).Map(x => x - 1)", "")]
    [InlineData("transform of many", "streaming.Transform([numbers.Map(x => x + 1), numbers], (rs, _) => rs[0].Filter(x => x > 1).Map(x => x * 2).Union(rs[1].Map(x => x * 3))).Map(x => x - 1)", "")]
    [InlineData("actions", "numbers.ForeachRdd(r => { log.Add(\"count\", r.Filter(x => x > 1).Count()); log.Add(\"sum\", r.Map(x => x * 2).Reduce((a, b) => a + b)); log.Add(\"take\", r.Map(x => x + 1).Take(2)); log.Add(\"first\", r.Map(x => x + 1).First()); log.Add(\"it\", r.Map(x => x + 1).ToLocalIterator()); log.Add(\"values\", r.Map(x => x % 2).CountByValue()); r.Map(x => x + 1).Foreach(x => log.Each(\"each\", x)); r.Map(x => x + 3).ForeachPartition(p => log.Partition(\"part\", p)); }); numbers.Map(x => x)", "")]
    [InlineData("combine by key", "numbers.Map(x => (x % 2, x)).CombineByKey(x => new List<int> { x }, (l, x) => { l.Add(x); return l; }, (a, b) => a.Concat(b).ToList(), 1).Map(p => p.Value.Count)", "")]
    [InlineData("null keys", "lines.Map(l => (l.Length == 0 ? null : l, 1)).ReduceByKey((a, b) => a + b, 1)", "")]
    [InlineData("floating keys", "numbers.Map(x => (x > 2 ? double.NaN : -0.0 * x, 1)).ReduceByKey((a, b) => a + b, 1)", "")]
    [InlineData("tuple keys", "lines.Map(l => ((l, l.Length), 1)).ReduceByKey((a, b) => a + b, 1)", "")]
    [InlineData("partitioner", "lines.Map(l => (l, 1)).ReduceByKey((a, b) => a + b, new One()).Map(p => p.Key)", "private sealed class One : IPartitioner<string> { public int PartitionCount => 1; public int PartitionOf(string key) => 0; }")]
    [InlineData("group", "lines.FlatMap(l => l.Split(' ')).Map(w => (w.Length, w)).GroupByKey(1).MapValues(v => string.Join('+', v)).FlatMapValues(v => v.Split('+'))", "")]
    [InlineData("static base member", "numbers.Map(x => x + Shared.Two)", "private static class Shared { public static int Two => 2; }")]
    public void Inlined(string shape, string define, string members)
    {
        Assert.NotEmpty(shape);
        Shape.AssertFused(Shape.Pipeline(define + Out, members), exceptions: []);
    }

    [Theory]
    [InlineData("global namespace", "", "")]
    [InlineData("file-scoped namespace", "using Inner = System.Text.StringBuilder; using static System.Math; namespace A.B;", "")]
    [InlineData("nested namespaces", "using System.Text; namespace A { using Inner = StringBuilder; namespace B.C { using static System.Math;", "} }")]
    [InlineData("containing types", "namespace A; public static partial class Outer { partial record Middle<T> {", "} }")]
    [InlineData("containing struct and interface", "public partial struct Outer { internal partial interface IMiddle {", "} }")]
    public void Inlined_WhereverTheClassStands(string shape, string before, string after)
    {
        Assert.NotEmpty(shape);
        var usesAlias = before.Contains("Inner", StringComparison.Ordinal);
        var chain = usesAlias ? "numbers.Map(x => new Inner().Append(Abs(x)).ToString())" : "numbers.Map(x => x + 1)";
        var text = Shape.Pipeline(chain + Out, before: before) + after;
        if (before.Contains("<T>", StringComparison.Ordinal))
        {
            text = text.Replace("Middle<T>", "Middle", StringComparison.Ordinal);
        }

        Shape.AssertInlined(text);
    }

    [Fact]
    public void Inlined_InSeveralFiles()
    {
        var (_, bound, _) = Shape.AssertSame(
        [
            ("B.cs", """
                using Number = System.Int32;
                namespace A;
                [StreamingPipeline]
                public sealed partial class P(ResultLog log)
                {
                    public void Define(StreamingContext streaming) => More(streaming.Input<Number>("numbers").Filter(x => x > Number.MinValue + 1)).ForeachRdd(r => log.Add("out", r.Collect()));
                }
                """),
            ("A.cs", """
                using Number = System.Int64;
                namespace A;
                public sealed partial class P
                {
                    private readonly int _one = 1;
                    private DStream<string> More(DStream<int> numbers) => numbers.Map(x => (Number)x + _one).Map(x => x.ToString());
                }
                """),
        ]);
        Assert.Equal(3, bound.Count);
    }

    [Fact]
    public void Inlined_InHelperClasses()
    {
        var (_, bound, _) = Shape.AssertSame([("Program.cs", Shape.Pipeline(
            "lines.Words().Filter(w => w.Length > 1).Pairs().ReduceByKey((a, b) => a + b, 1)" + Out,
            before: """
                [StreamingOperators]
                public static partial class Cleaning
                {
                    public static DStream<string> Words(this DStream<string> lines) => lines.FlatMap(l => l.Split(' ')).Filter(w => w.Length > 0);
                    internal static DStream<(string, int)> Pairs(this DStream<string> words) => words.Map(w => (w, 1));
                }
                """))]);
        Assert.Equal(5, bound.Count);
    }

    [Fact]
    public void Inlined_InExtensionBlocks()
    {
        var (run, bound, _) = Shape.AssertSame([("Program.cs", Shape.Pipeline(
            "lines.Words().Filter(w => w.Length > 1).Twice(1)" + Out,
            before: """
                [StreamingOperators]
                public static partial class Cleaning
                {
                    extension(DStream<string> lines)
                    {
                        public DStream<string> Words() => lines.FlatMap(l => l.Split(' ')).Filter(w => w.Length > 0);
                    }

                    extension<T>(DStream<T> source)
                    {
                        public DStream<T> Twice(int n) => source.FlatMap(x => new[] { x, x }).Filter(x => x is not null || n > 0);
                    }
                }
                """))]);
        Assert.Equal(3, bound.Count);
        Assert.Equal(2, run.Diagnostics.Count(diagnostic => diagnostic.Id == "CGS0004"));
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id == "CGS0007");
    }

    [Fact]
    public void RecordPipeline_UsesItsProperties()
    {
        var (_, bound, _) = Shape.AssertSame([("Program.cs", """
            [StreamingPipeline]
            public sealed partial record P(ResultLog Log)
            {
                private readonly Func<DStream<int>, DStream<int>> _f = s => s.Filter(x => x > Log.GetHashCode() * 0);

                public void Define(StreamingContext streaming) => _f(streaming.Input<int>("numbers").Map(x => x + Log.GetHashCode() * 0)).ForeachRdd(r => Log.Add("out", r.Collect()));
            }
            """)]);
        Assert.Equal(2, bound.Count);
    }

    [Fact]
    public void NamesThatDifferInCaseOnly_GetFilesOfTheirOwn()
    {
        var run = Shape.AssertInlined(Shape.Pipeline("numbers.Map(x => x + 1)" + Out, before: "[StreamingOperators] public static partial class p { static DStream<int> F(DStream<int> s) => s.Map(x => x + 2); }"));
        Assert.Equal(4, run.Sources.Select(source => source.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void BothAttributes_AreOnePipeline() =>
        Shape.AssertInlined(Shape.Pipeline("numbers.Map(x => x + 1)" + Out, before: "[StreamingOperators]"));

    [Fact]
    public void Inlined_InAGenericClass()
    {
        var run = Shape.AssertInlined("""
            public static partial class G<T>
            {
                [StreamingPipeline]
                public sealed partial class Q(ResultLog log, Func<int, T> make)
                {
                    public void Define(StreamingContext streaming) =>
                        streaming.Input<int>("numbers").Map(x => make(x)).Filter(x => x is not null).Map(x => (x, 1)).ReduceByKey((a, b) => a + b, 1).ForeachRdd(r => log.Add("out", r.Collect()));
                }
            }

            [StreamingPipeline]
            public sealed partial class P(ResultLog log)
            {
                public void Define(StreamingContext streaming)
                {
                    streaming.Input<int>("numbers").Map(x => x).ForeachRdd(r => log.Add("out", r.Collect()));
                }
            }
            """);
        Assert.Contains(run.Sources, source => source.Text.Contains("class Q : ", StringComparison.Ordinal));
    }

    [Fact]
    public void GenericMethod_IsRefusedWithAWarning()
    {
        var (run, _, _) = Shape.AssertSame([("Program.cs", Shape.Pipeline(
            "Twice(numbers, x => x).Map(x => x + 1)" + Out,
            "private static DStream<T> Twice<T>(DStream<T> s, Func<T, T> f) => s.Map(f).Filter(x => true);"))]);
        Assert.Equal(2, run.Diagnostics.Count(diagnostic => diagnostic.Id == "CGS0004"));
    }

    [Fact]
    public void AnonymousRecord_RunsUnfused()
    {
        var (run, _, _) = Shape.AssertSame([("Program.cs", Shape.Pipeline("numbers.Filter(x => x > 1).Map(x => new { X = x }).Map(a => a.X).Filter(x => x > 2)" + Out))]);
        Assert.Equal(2, run.Diagnostics.Count(diagnostic => diagnostic.Id == "CGS0005"));
    }

    [Fact]
    public void FileLocalType_RunsUnfused()
    {
        var (run, _, _) = Shape.AssertSame([("Program.cs", Shape.Pipeline("numbers.Map(x => new Hidden(x)).Map(h => h.X)" + Out, before: "file sealed record Hidden(int X);"))]);
        Assert.Equal(2, run.Diagnostics.Count(diagnostic => diagnostic.Id == "CGS0005"));
    }

    [Theory]
    [InlineData("numbers.Map(x => Hidden.Add(x))", "file static class Hidden { public static int Add(int x) => x + 1; }", "local to its file")]
    [InlineData("numbers.Map(x => x.Add())", "file static class Hidden { public static int Add(this int x) => x + 1; }", "local to its file")]
    [InlineData("numbers.Map(x => x + Line())", "", "asks for its caller")]
    [InlineData("Values", "", "field keyword")]
    public void CalledThroughItsDelegate(string define, string before, string reason)
    {
        var members = """
            private static int Line([System.Runtime.CompilerServices.CallerLineNumber] int line = 0) => line;
            private DStream<string> Values { get => null!; set { } }
            private int Limit { get => field; set { field = value; Limits = s => s.Filter(x => x > field - 100); } }
            private Func<DStream<int>, DStream<int>> Limits = null!;
            """;
        define = define == "Values" ? "Limit = 3; Limits(numbers)" : define;
        var (_, reasons) = Shape.AssertFused(Shape.Pipeline(define + Out, members, before));
        Assert.Contains(reasons, text => text.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void ExtensionMembersAndOperators_AreInlined() => Shape.AssertInlined(Shape.Pipeline(
        "numbers.Map(x => x.Doubled + int.Answer).Map(x => x.Plus(1))" + Out,
        before: "public static class Ext { extension(int x) { public int Doubled => x * 2; public int Plus(int y) => x + y; public static int Answer => 42; } }"));

    [Theory]
    [InlineData("private DStream<int> Add(DStream<int> s, int m) => s.Map(x => x + k);", true)]
    [InlineData("private DStream<int> Add(DStream<int> s, int m) => s.Filter(x => x < m).Map(x => x + k);", false)]
    [InlineData("private DStream<int> Add(DStream<int> s, int m) => s.Filter(x => x < m + k).Map(x => x + k);", false)]
    [InlineData("private DStream<int> Add(DStream<int> s, int m) => s.Map(Plus); private int Plus(int x) => x + k;", true)]
    public void AnotherInstancesFunctions_AreNotTakenForThisOnes(string members, bool isUnbound)
    {
        var program = Harness.ProgramCompiler.Compile(Shape.Pipeline(
            "var other = new P(log, 100); other.Add(numbers, 1000).ForeachRdd(r => log.Add(\"out\", r.Collect()));", members, parameters: "ResultLog log, int k"));
        var result = Harness.PipelineRunner.Run(log => program.Create("P", log, 1), [Harness.BatchData.Of<int>("numbers", [1, 2])]);
        Assert.Equal("1 out: [101 | 102]", Assert.Single(result.Lines));
        Assert.Equal(isUnbound, result.Report.UnboundSites.Values.Any(reason => reason.Contains("another instance", StringComparison.Ordinal)));
    }
}
