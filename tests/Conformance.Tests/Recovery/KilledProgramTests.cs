namespace CodegenStreaming.Conformance.Recovery;

/// <summary>Spark's tests of failures, with real processes that are really killed.</summary>
public sealed class KilledProgramTests(KilledProgram program, ITestOutputHelper log) : IClassFixture<KilledProgram>
{
    [Fact]
    public void Statement135_RandomKillsAndRestarts_LoseNoRecordOfFilesAndLogs()
    {
        log.WriteLine(program.Output);

        Assert.Equal(KilledProgram.Kills, program.Figures["kills"]);
        Assert.Equal(KilledProgram.Records, program.Figures["records"]);
        Assert.Equal(0, program.Figures["lost"]);
        Assert.InRange(program.Figures["kills during a checkpoint"], 1, KilledProgram.Kills);
    }

    /// <summary>Stricter than the statement: each batch's output of each state and window is compared, and the states in the end, key by key.</summary>
    [Fact]
    public void Statement136_RunningCountsUnderRandomKills_CountEachRecordOnce()
    {
        log.WriteLine(program.Output);

        Assert.Equal(0, program.Figures["doubled"]);
        Assert.DoesNotContain("PROBLEM", program.Output, StringComparison.Ordinal);
        Assert.Equal(0, program.ExitCode);
    }
}
