using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Conformance;

/// <summary>What the plan says after the start. The loop stands for a generated one: <c>Map</c> alone, doubling.</summary>
public sealed class PlanTests
{
    private static readonly string Key = typeof(PlanTests).FullName!;

    private readonly CallSiteTable _sites = new(
        Key,
        () => new LoopTable(Key, new LoopEntry([0], needsPipeline: false, static (_, _) => new Doubling())),
        ("Map", "Orders.cs", 12, "n => 2 * n"),
        ("Filter", "Orders.cs", 13, "n => n > 2"),
        ("Map", "Orders.cs", 14, "n => n + 1"));

    [Fact]
    public async Task Plan_KnowsBoundAndUnboundSites_WhenStartReturns()
    {
        var log = new RecordedLog();
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = log });
        var input = test.AddSource<int>();
        var results = new List<int[]>();
        input.Stream
            .Map(n => 2 * n).At(_sites[0])
            .Filter(n => n > 2).At(_sites[1])
            .ForeachRdd(rdd => results.Add(rdd.Collect()));
        Assert.Empty(test.Streaming.Plan.BoundSites);

        test.Start();

        var plan = test.Streaming.Plan;
        Assert.Equal(new PlannedSite("Map", "Orders.cs", 12, "n => 2 * n", null), Assert.Single(plan.BoundSites));
        var unbound = Assert.Single(plan.UnboundSites);
        Assert.Equal("Filter", unbound.OperatorName);
        Assert.Contains("CGS", unbound.Reason, StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.Text == "Plan: 1 operator call(s) run inside generated loops, 1 do not");
        Assert.Contains(log.Lines, line => line.Text.StartsWith("Not in a generated loop: Filter(n => n > 2) at Orders.cs:13, because", StringComparison.Ordinal));
        input.Add(1, 2, 3);
        await test.AdvanceAsync();
        Assert.Equal([4, 6], Assert.Single(results));
    }

    [Fact]
    public async Task Plan_IsReadable()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { UseGeneratedLoops = false } });
        test.AddSource<int>().Stream.Map(n => 2 * n).At(_sites[0]).Named("doubled").Count().Print();
        test.Start();

        Assert.Equal(
            """
            Plan: 0 call(s) in generated loops, 1 not
              0 Queue stream [0], kept
              1 Map 'doubled' <- 0  (Orders.cs:12)
              2 Count <- 1, kept
              output 0 Print <- 2
            Not in a generated loop:
              Map(n => 2 * n) at Orders.cs:12: generated loops are switched off (UseGeneratedLoops)

            """.ReplaceLineEndings(),
            test.Streaming.Plan.ToString());
    }

    [Fact]
    public async Task StreamWithSeveralReaders_IsKept_AndItsLoopIsBound()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        var doubled = input.Stream.Map(n => 2 * n).At(_sites[0]);
        doubled.Print();
        doubled.Map(n => n + 1).At(_sites[2]).Print();
        test.Start();

        var plan = test.Streaming.Plan;
        Assert.True(plan.Operators.Single(planned => planned is { OperatorName: "Map", Line: 12 }) is { IsKept: true, IsInLoop: true });
        Assert.True(plan.Operators.Single(planned => planned.Line == 14) is { IsKept: false, IsInLoop: false });
    }

    [Fact]
    public async Task ChainInsideABatch_IsReported_OnceItHasRun()
    {
        await using var test = new StreamingTest();
        var input = test.AddSource<int>();
        input.Stream.ForeachRdd(rdd => rdd.Map(n => 2 * n).At(_sites[0]).Filter(n => n > 2).At(_sites[1]).Collect());
        test.Start();
        Assert.Empty(test.Streaming.Plan.BoundSites);

        input.Add(1, 2);
        await test.AdvanceAsync();

        Assert.Equal([12], test.Streaming.Plan.BoundSites.Select(site => site.Line));
        Assert.Equal([13], test.Streaming.Plan.UnboundSites.Select(site => site.Line));
    }

    [Fact]
    public async Task PlanThatFails_FailsTheStart_AndLeavesTheEngineToOthers()
    {
        using var engine = new EngineContext("test", "local[2]");
        var sites = new CallSiteTable(
            Key,
            static () => new LoopTable(Key, new LoopEntry([0], needsPipeline: false, static (_, _) => throw new MissingMethodException("loop"))),
            ("Map", "Orders.cs", 12, "n => 2 * n"));
        await using var failing = new StreamingTest(new StreamingTestOptions { Engine = engine });
        failing.AddSource<int>().Stream.Map(n => 2 * n).At(sites[0]).Print();
        await using var other = new StreamingTest(new StreamingTestOptions { Engine = engine });
        other.AddSource<int>().Stream.Print();

        Assert.Throws<MissingMethodException>(failing.Streaming.Start);
        other.Streaming.Start();

        Assert.Equal(StreamingContextState.Stopped, failing.Streaming.State);
        Assert.Equal(StreamingContextState.Active, other.Streaming.State);
    }

    private sealed class Doubling : FusedLoop<int, int>
    {
        public override void Execute(ReadOnlySpan<int> records, RecordOutput<int> output)
        {
            foreach (var n in records)
            {
                output.Write(2 * n);
            }
        }

        public override IEnumerable<int> Pull(IEnumerable<int> records) => records.Select(n => 2 * n);
    }
}
