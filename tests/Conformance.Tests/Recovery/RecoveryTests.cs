using CodegenStreaming.Tests.Checkpoints;

namespace CodegenStreaming.Conformance.Recovery;

/// <summary>The reference program goes on after a stop or a crash as if nothing had happened.</summary>
public sealed class RecoveryTests
{
    private const int Seconds = 20;
    private const int Seed = 7;

    private readonly SimulatedStore _store = new(isObjectStore: false, new Random(Seed));

    [Theory]
    [InlineData(1, 4)]
    [InlineData(4, 1)]
    [InlineData(2, 7)]
    [InlineData(3, 3)]
    public async Task Restart_WithOtherPartitionsAndThreads_GoesOnExactly(int before, int after)
    {
        var expected = await UndisturbedAsync();
        using var run = new ReferenceRun(Seconds, Seed);
        (_store.Fault, _store.FaultAt) = (Fault.Crash, 260);
        var from = Assert.NotNull(await run.RunAsync(_store, 0, before));
        Assert.InRange(from, 8, Seconds - 3);
        _store.Restart();
        Assert.Null(await run.RunAsync(_store, from, after, options => options.Master = "local[3]"));
        Assert.Equal(expected, run.Outputs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public async Task Restart_MuchLater_RunsTheBatchesThatWereMissed(int concurrentJobs)
    {
        var expected = await UndisturbedAsync();
        using var run = new ReferenceRun(Seconds, Seed);
        (_store.Fault, _store.FaultAt) = (Fault.Crash, 200);
        Assert.NotNull(await run.RunAsync(_store, 0, 2, options => options.ConcurrentJobs = concurrentJobs));
        _store.Restart();
        Assert.Null(await run.RunAsync(_store, Seconds, 2, options => options.ConcurrentJobs = concurrentJobs));
        Assert.Equal(expected, run.Outputs);
    }

    [Fact]
    public async Task Restart_WithoutLoops_GoesOnFromWhatLoopsHaveKept()
    {
        var expected = await UndisturbedAsync();
        using var run = new ReferenceRun(Seconds, Seed);
        (_store.Fault, _store.FaultAt) = (Fault.Crash, 220);
        var from = Assert.NotNull(await run.RunAsync(_store, 0));
        _store.Restart();
        Assert.Null(await run.RunAsync(_store, from, 2, options => options.UseGeneratedLoops = false));
        Assert.Equal(expected, run.Outputs);
    }

    [Fact]
    public async Task Stop_ThatIsGraceful_SavesEverything_AndNothingRunsAgain()
    {
        var expected = await UndisturbedAsync();
        using var run = new ReferenceRun(Seconds, Seed);
        for (var from = 0; from < Seconds; from += 4)
        {
            Assert.True(await run.RunAsync(_store, from, 2, until: from + 4) is null, string.Join("; ", run.Failures));
            Assert.Equal(from > 0, run.WasRestored);
        }

        Assert.Equal(expected, run.Outputs);
    }

    private static async Task<IReadOnlyList<string>> UndisturbedAsync()
    {
        using var run = new ReferenceRun(Seconds, Seed);
        Assert.Null(await run.RunAsync(new SimulatedStore(isObjectStore: false, new Random(1)), 0));
        Assert.NotEmpty(run.Outputs);
        return run.Outputs;
    }
}
