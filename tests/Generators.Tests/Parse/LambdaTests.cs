namespace CodegenStreaming.Generators.Tests.Parse;

/// <summary>Lambdas that become methods, and why others do not.</summary>
public sealed class LambdaTests
{
    [Theory]
    [InlineData("static lambda", "numbers.Map(static x => x + 1).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("parenthesized", "numbers.Map((x => x + 1)).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("explicit types", "numbers.Map((int x) => x + 1).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("explicit return", "numbers.Map(long (x) => x + 1).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("block", "numbers.Map(x => { var y = x; y++; return y; }).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("anonymous method", "numbers.Map(delegate (int x) { return x * 2; }).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("no parameters", "numbers.Map(delegate { return 5; }).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("discards", "numbers.Map(x => (x % 2, x)).ReduceByKey((_, _) => 7, 1).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("one underscore", "numbers.Map(_ => _ + 1).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("discard assignment", "numbers.Reduce((_, _) => { _ = 3; return 4; }).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("named arguments", "numbers.Map(x => (x % 2, x)).ReduceByKey(numPartitions: 1, function: (a, b) => a + b).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("nested lambda", "lines.Map(l => l.Split(' ').Where(w => w.Length > l.Length / 3).Count()).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("query", "lines.Map(l => (from w in l.Split(' ') let n = w.Length where n > 0 select n).Sum()).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("local function inside", "numbers.Map(x => { int Twice(int y) => y * 2; return Twice(x); }).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("constants", "const int k = 3; const string s = \"q\\\"\"; const double d = 1.5; const DayOfWeek w = DayOfWeek.Friday; const long big = 5_000_000_000; const string? none = null; const float f = -0.5f; const decimal m = 1.10m; const char c = '\\n'; numbers.Map(x => $\"{x + k}{s}{d}{w}{big}{none}{f}{m}{(int)c}\").ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("constant in a block", "const int k = 3; numbers.Map(x => { return x + k; }).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("anonymous type inside", "numbers.Map(x => { var a = new { x, y = 2 }; return a.x + a.y; }).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("anonymous type nested", "lines.Map(l => l.Split(' ').GroupBy(w => new { w.Length }).Count()).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("collection expression", "numbers.FlatMap<int>(x => [x, x + 1]).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("list", "numbers.FlatMap(x => new List<int> { x, x }).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("covariant array", "lines.FlatMap<object>(l => l.Split(' ')).Map(o => o.ToString()!).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("iterated string", "lines.FlatMap(l => l).Map(c => (int)c).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("several returns", "numbers.FlatMap(x => { if (x > 2) { return new[] { x }; } return new int[0]; }).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("mixed returns", "numbers.FlatMap<int>(x => { if (x > 2) { return new[] { x }; } return new List<int>(); }).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("named tuple", "lines.Map(l => (Text: l, Size: l.Length)).Filter(p => p.Size > 0).Map(p => p.Text + p.Size).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("nullable", "lines.Map(l => l.Length == 0 ? null : l).Map(l => l?.Length).Filter(n => n is not null).Map(n => n!.Value).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("target typed", "numbers.Map<Uri>(x => new(\"http://h/\" + x)).Map(u => u.AbsolutePath).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("switch", "numbers.Map(x => x switch { < 0 => \"neg\", 0 => \"zero\", var y when y > 10 => \"big\", _ => \"small\" }).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("checked", "checked { numbers.Map(x => x + 1).Filter(x => x > 0).ForeachRdd(r => log.Add(\"out\", r.Collect())); }")]
    [InlineData("unsafe", "unsafe { numbers.Map(x => { int* p = &x; return *p; }).ForeachRdd(r => log.Add(\"out\", r.Collect())); }")]
    [InlineData("static call form", "DStreamReduceByKeyExtensions.ReduceByKey(numbers.Map(x => (x % 2, x)), (a, b) => a + b, 1).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("static call form, named", "DStreamMapValuesExtensions.MapValues(function: (int v) => v + 1, source: numbers.Map(x => (x % 2, x))).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("conditional access", "DStream<int>? maybe = numbers; maybe?.Map(x => x + 1)?.Filter(x => x > 2).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("null forgiving", "numbers!.Map(x => x + 1)!.Filter(x => x > 2)!.ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("named in between", "numbers.Map(x => x + 1).Named(\"plus\").Filter(x => x > 2).Named(\"big\").ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("kept in between", "numbers.Map(x => x + 1).Persist().Filter(x => x > 2).Map(x => x * 3).Cache().ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("kept data set", "numbers.ForeachRdd(r => { var kept = r.Map(x => x + 1).Persist().Filter(x => x > 2); log.Add(\"out\", kept.Collect()); kept.Unpersist(); });")]
    [InlineData("keyword names", "numbers.Map(@class => @class + 1).Filter(@int => @int > 2).Map(output => output + 1).Map(input => input * 2).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("comments", "numbers.Map(x => // why\n x + 1 /* because */).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("raw string", "numbers.Map(x => $$\"\"\"\n   {a}\n  b {{x}}\n  \"\"\").ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("throw", "numbers.Map<int>(x => x > 1000 ? throw new InvalidOperationException() : x).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    [InlineData("foreach", "numbers.Map(x => x + 1).ForeachRdd(r => { r.Filter(x => x > 1).Foreach(x => System.Threading.Thread.MemoryBarrier()); log.Add(\"out\", r.Map(x => x).Collect()); });")]
    [InlineData("interpolation handler", "numbers.Map(x => string.Create(System.Globalization.CultureInfo.InvariantCulture, $\"{x:x}\")).ForeachRdd(r => log.Add(\"out\", r.Collect()));")]
    public void Inlined(string shape, string define)
    {
        Assert.NotEmpty(shape);
        Shape.AssertInlined(Shape.Pipeline(define));
    }

    [Theory]
    [InlineData("local", "var k = log.GetHashCode() * 0 + 2; numbers.Map(x => x + k).ForeachRdd(r => log.Add(\"out\", r.Collect()));", "captures the local k")]
    [InlineData("parameter", "Helper(1); void Helper(int k) { numbers.Map(x => x + k).ForeachRdd(r => log.Add(\"out\", r.Collect())); }", "captures the parameter k")]
    [InlineData("enclosing lambda", "numbers.ForeachRdd((r, time) => log.Add(\"out\", r.Map(x => x + time.Milliseconds).Collect()));", "captures the parameter time")]
    [InlineData("local function", "int F(int x) => x + 1; numbers.Map(x => F(x)).ForeachRdd(r => log.Add(\"out\", r.Collect()));", "calls the local function F")]
    [InlineData("local function group", "int F(int x) => x + 1; numbers.Map(F).ForeachRdd(r => log.Add(\"out\", r.Collect()));", "it is a local function")]
    [InlineData("delegate variable", "Func<int, int> f = x => x + 1; numbers.Map(f).ForeachRdd(r => log.Add(\"out\", r.Collect()));", "neither a lambda nor a method group")]
    [InlineData("other object's method", "var other = \"abc\"; lines.Filter(other.Contains).ForeachRdd(r => log.Add(\"out\", r.Collect()));", "method of another object")]
    [InlineData("range variable", "foreach (var s in from k in new[] { 1, 2 } select numbers.Map(x => x + k)) { s.ForeachRdd(r => log.Add(\"out\", r.Collect())); }", "range variable k")]
    [InlineData("expression tree", "numbers.Map(x => { System.Linq.Expressions.Expression<Func<int, int>> e = y => y + 1; return x + e.Parameters.Count; }).ForeachRdd(r => log.Add(\"out\", r.Collect()));", "expression tree")]
    [InlineData("dynamic", "numbers.Map(x => { dynamic d = \"abc\"; return x + (int)d.Length; }).ForeachRdd(r => log.Add(\"out\", r.Collect()));", "dynamic")]
    [InlineData("directive", "numbers.Map(x =>\n#if DEBUG\n x + 1\n#else\n x + 2\n#endif\n).ForeachRdd(r => log.Add(\"out\", r.Collect()));", "preprocessor")]
    public void CalledThroughItsDelegate(string shape, string define, string reason)
    {
        Assert.NotEmpty(shape);
        var (_, reasons) = Shape.AssertFused(Shape.Pipeline(define));
        Assert.Contains(reasons, text => text.Contains(reason, StringComparison.Ordinal));
    }
}
