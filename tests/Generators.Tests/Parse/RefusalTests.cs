using static CodegenStreaming.Generators.Tests.Harness.Diagnosed;

namespace CodegenStreaming.Generators.Tests.Parse;

/// <summary>Calls that run unfused, and the summary: CGS0004, CGS0005, CGS0007 and CGS0008.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("private static DStream<T> Kept<T>(DStream<T> source) => source.[|Filter|](record => record is not null);")]
    [InlineData("private static DStream<(T, int)> Keyed<T>(DStream<int> source, Func<int, T> key) => source.[|Map|](number => (key(number), number));")]
    [InlineData("private static DStream<(T Key, int Value)> Keyed<T>(DStream<int> source, Func<int, T> key) => source.[|KeyBy|](key);")]
    public void CGS0004_IsReported_InAGenericMethod(string member) => Reports("CGS0004", Pipeline("", member));

    [Theory]
    [InlineData("private static DStream<int> Kept<T>(DStream<int> source, T limit) => source.Filter(record => record > 0);")]
    [InlineData("private static DStream<int> Kept(DStream<int> source) => source.Filter(record => record > 0);")]
    public void CGS0004_IsNotReported_WhereTheRecordsAreNotGeneric(string member) => DoesNotReport("CGS0004", Pipeline("", member));

    [Theory]
    [InlineData("numbers.[|Map|](n => new { Number = n }).[|Map|](a => a.Number).Print();")]
    [InlineData("numbers.[|Map|](n => new Hidden(n)).[|Filter|](hidden => hidden.Value > 0).[|Count|]().Print();")]
    public void CGS0005_IsReported_WhereARecordTypeHasNoName(string statements) => Reports("CGS0005", Pipeline(statements));

    [Theory]
    [InlineData("numbers.Map(n => (Number: n, n)).Map(pair => pair.Number).Print();")]
    [InlineData("numbers.Map(n => new Secret(n)).Filter(secret => secret.Value > 0).Count().Print();")]
    public void CGS0005_IsNotReported_WhereAllTypesCanBeNamed(string statements) =>
        DoesNotReport("CGS0005", Pipeline(statements, "private sealed record Secret(int Value);"));

    [Theory]
    [InlineData("public static class Plain { public static DStream<int> Twice(DStream<int> source) => source.[|Map|](n => n * 2).[|Filter|](n => n > 0); }")]
    [InlineData("public static class Plain { public static long Even(Rdd<int> rdd) => rdd.[|Filter|](n => n % 2 == 0).Count(); }")]
    public void CGS0007_IsReported_OutsideAnnotatedClasses(string declaration) => Reports("CGS0007", declaration);

    [Theory]
    [InlineData("[StreamingOperators] public static partial class Marked { public static DStream<int> Twice(DStream<int> source) => source.Map(n => n * 2); }")]
    [InlineData("public static class Plain { public static IEnumerable<int> Twice(List<int> source) => source.Map(n => n * 2); public static List<int> Map(this List<int> list, Func<int, int> f) => [.. list.Select(f)]; }")]
    public void CGS0007_IsNotReported_InAnnotatedClasses_AndForOtherTypes(string declaration) => DoesNotReport("CGS0007", declaration);

    [Fact]
    public void CGS0008_CountsCallsAndChains()
    {
        var run = Run(Pipeline("numbers.Map(n => n + 1).Filter(n => n > 0).Print(); numbers.Map(n => new { n }).Print();"));
        var summary = Assert.Single(run.Diagnostics, diagnostic => diagnostic.Id == "CGS0008");
        Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Hidden, summary.Severity);
        Assert.Equal(
            "'Lines': 5 operator calls, 1 chains fused (3 calls inside), 2 calls refused, 0 functions through delegates",
            summary.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void CGS0008_IsNotReported_WithoutAnAnnotatedClass() => DoesNotReport("CGS0008", "public static class Plain { }");

    private static string Pipeline(string statements, string members = "") => $$"""
        namespace Refusals;

        file sealed record Hidden(int Value);

        [StreamingPipeline]
        public sealed partial class Lines
        {
            public void Define(StreamingContext streaming)
            {
                var numbers = streaming.Input<int>("numbers");
                {{statements}}
            }

            {{members}}
        }
        """;
}
