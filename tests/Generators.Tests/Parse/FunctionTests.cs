using static CodegenStreaming.Generators.Tests.Harness.Diagnosed;

namespace CodegenStreaming.Generators.Tests.Parse;

/// <summary>Which functions are inlined and which are called through their delegates: CGS0003 and CGS0006. Each reason of docs/fusion.md has a row.</summary>
public sealed class FunctionTests
{
    [Theory]
    [InlineData("it captures the local", "var local = log.GetHashCode(); numbers.Map([|n => n + local|]).Print();")]
    [InlineData("it captures the parameter", "numbers.Transform((rdd, time) => rdd.Map([|n => n + time.Milliseconds|])).Print();")]
    [InlineData("it captures the parameter", "numbers.ForeachRdd(rdd => rdd.Foreach([|n => log.Add(\"out\", n + rdd.PartitionCount)|]));")]
    [InlineData("it captures the range variable", "var all = (from k in new[] { 1, 2 } select numbers.Map([|n => n + k|])).ToList(); all[0].Print();")]
    [InlineData("it calls the local function", "int Twice(int n) => n * 2; numbers.Map([|n => Twice(n)|]).Print();")]
    [InlineData("it is a local function", "int Twice(int n) => n * 2; numbers.Map([|Twice|]).Print();")]
    [InlineData("it is neither a lambda nor a method group", "Func<int, int> twice = n => n * 2; numbers.Map([|twice|]).Print();")]
    [InlineData("it is neither a lambda nor a method group", "numbers.Map([|(Func<int, int>)(log is null ? n => n : n => n + 1)|]).Print();")]
    [InlineData("it is a method of another object", "var random = new Random(1); numbers.Map([|random.Next|]).Print();")]
    [InlineData("it is dynamic", "numbers.Map([|n => { dynamic d = n; return (int)d; }|]).Print();")]
    [InlineData("it contains an expression tree", "numbers.Map([|n => { System.Linq.Expressions.Expression<Func<int>> e = () => n; return e.Compile()(); }|]).Print();")]
    [InlineData("which is local to its file", "numbers.Map([|n => new Hidden(n).Value|]).Print();")]
    [InlineData("it uses the type parameter T", "Generic<int>(streaming);")]
    public void CGS0006_GivesTheReason_WhereAFunctionIsCalledThroughItsDelegate(string reason, string statements)
    {
        var members = statements.Contains("Generic", StringComparison.Ordinal)
            ? "private static void Generic<T>(StreamingContext streaming) => streaming.Input<int>(\"numbers\").Filter([|n => n is T|]).Print();"
            : "";
        var reported = Reports("CGS0006", Program(statements, members));
        Assert.Contains(reason, Assert.Single(reported).GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("numbers.Map(n => n + 1).Print();")]
    [InlineData("numbers.Map(static n => n + 1).Print();")]
    [InlineData("numbers.Map(n => n + Weigh(n)).Print();")]
    [InlineData("numbers.Map(n => n + this.Weigh(n) + log.GetHashCode()).Print();")]
    [InlineData("const int Step = 3; numbers.Map(n => n + Step).Print();")]
    [InlineData("numbers.Map(delegate(int n) { return n + 1; }).Print();")]
    [InlineData("numbers.Map(delegate { return 1; }).Print();")]
    [InlineData("numbers.Reduce((_, _) => 1).Print();")]
    [InlineData("numbers.Map(Weigh).Print();")]
    [InlineData("numbers.Map(Math.Abs).Print();")]
    [InlineData("numbers.Map(n => { int Twice(int m) => m * 2; return Twice(n); }).Print();")]
    [InlineData("numbers.Map(n => new[] { 1 }.Select(m => m + n).Sum()).Print();")]
    [InlineData("numbers.Map(n => (from m in new[] { 1, 2 } where m > n select m * n).Sum()).Print();")]
    [InlineData("numbers.Map(n => n > 0 ? (string?)null : nameof(n)).Map(s => s?.Length).Print();")]
    [InlineData("numbers.Map(n => n switch { > 3 and < 9 => \"a\", var m when m == Weigh(m) => \"b\", _ => throw new InvalidOperationException() }).Print();")]
    [InlineData("numbers.Map(n => { Span<int> s = stackalloc int[1]; s[0] = n; return s[0]; }).Print();")]
    [InlineData("numbers.Map(n => { if (int.TryParse($\"{n}\", out var m)) { return m; } return 0; }).Print();")]
    [InlineData("numbers.Map(n => { try { return checked(n * 2); } catch (OverflowException) { return 0; } finally { } }).Print();")]
    public void CGS0006_IsNotReported_WhereTheBodyCanBeCopied(string statements) => DoesNotReport("CGS0006", Program(statements));

    [Theory]
    [InlineData("numbers.Map([|async n => { await Task.Yield(); return n; }|]).Print();")]
    [InlineData("numbers.ForeachRdd(rdd => rdd.Foreach([|async n => await Task.Delay(n)|]));")]
    [InlineData("numbers.ForeachRdd([|async rdd => { await Task.Yield(); rdd.Count(); }|]);")]
    [InlineData("numbers.ForeachRdd([|async (rdd, time) => { await Task.Yield(); log.Add(\"out\", time.Milliseconds); }|]);")]
    [InlineData("numbers.ForeachRdd([|rdd => rdd.ForeachAsync((n, _) => Task.CompletedTask)|]);")]
    [InlineData("numbers.ForeachRdd(rdd => rdd.Foreach([|n => Task.Delay(n)|]));")]
    [InlineData("numbers.ForeachRdd(rdd => rdd.ForeachPartition([|async all => await Task.Yield()|]));")]
    public void CGS0003_IsReported_WhereNobodyAwaitsTheFunction(string statements) => Reports("CGS0003", Program(statements));

    [Theory]
    [InlineData("numbers.Map(n => Task.FromResult(n)).Print();")]
    [InlineData("numbers.MapAsync(async (n, _) => { await Task.Yield(); return n; }).FilterAsync(async (n, _) => await Task.FromResult(n > 0)).Print();")]
    [InlineData("numbers.MapAsync<int>(async (n, _) => await Task.FromResult(n)).FlatMapAsync(async (n, _) => await Task.FromResult(new List<int> { n })).Print();")]
    [InlineData("numbers.ForeachRdd(async (rdd, cancellation) => await rdd.ForeachAsync(async (n, token) => await Task.Delay(n, token)));")]
    [InlineData("numbers.ForeachRdd((rdd, _) => rdd.ForeachPartitionAsync((all, _) => Task.CompletedTask));")]
    [InlineData("numbers.ForeachRdd(async (rdd, time, cancellation) => { await Task.Yield(); rdd.Count(); });")]
    [InlineData("numbers.ForeachRdd((rdd, time) => rdd.Foreach(n => { Task.Delay(n).Wait(); }));")]
    [InlineData("numbers.Map(n => { async Task Wait() => await Task.Yield(); Wait().GetAwaiter().GetResult(); return n; }).Print();")]
    public void CGS0003_IsNotReported_ForFunctionsThatAreNotAsync(string statements) => DoesNotReport("CGS0003", Program(statements));

    private static string Program(string statements, string members = "") => $$"""
        namespace Functions;

        file sealed record Hidden(int Value);

        [StreamingPipeline]
        public sealed partial class Lines(ResultLog log)
        {
            public void Define(StreamingContext streaming)
            {
                var numbers = streaming.Input<int>("numbers");
                {{statements}}
            }

            private int Weigh(int number) => number + log.GetHashCode();

            {{members}}
        }
        """;
}
