namespace CodegenStreaming.Samples.Tests;

/// <summary>The sample of UpdateStateByKey, in real time, as a process.</summary>
public sealed class StatefulNetworkWordCountTests
{
    [Fact]
    public async Task AddsWhatAServerSendsToTheCountsThatThereWere()
    {
        using var server = new TextServer();
        using var sample = SampleProcess.StartSample(BuildOutput.Of("StatefulNetworkWordCount"), "127.0.0.1", server.Port, "--interval", "100");
        await server.SendAsync("hello streaming hello\n");
        await sample.WaitForOutputAsync(output => output.Contains("(hello,3)", StringComparison.Ordinal));
        await server.SendAsync("world\n");
        await sample.WaitForOutputAsync(output => output.Contains("(world,2)", StringComparison.Ordinal));
        sample.Signal("INT");
        Assert.Equal(0, await sample.WaitForExitAsync());

        // It began with one of either, and shows all words in each batch.
        var batches = PrintedBatches.Read(sample.Output).Batches;
        Assert.All(batches, counts => Assert.True(counts["hello"] is 1 or 3 && counts["world"] is 1 or 2, sample.Output));
        Assert.Equal(new Dictionary<string, int> { ["hello"] = 3, ["world"] = 2, ["streaming"] = 1 }, batches[^1]);
    }

    [Fact]
    public async Task CountsWhatItsOwnServerSends_WithoutArguments()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("StatefulNetworkWordCount"), "--interval", "200", "--batches", "3");
        Assert.Equal(0, await sample.WaitForExitAsync());
        Assert.True(PrintedBatches.Read(sample.Output).Count >= 3, sample.Output);
    }

    [Fact]
    public async Task RefusesAHostWithoutAPort()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("StatefulNetworkWordCount"), "localhost");
        Assert.Equal(1, await sample.WaitForExitAsync());
        Assert.Contains("HOST needs a PORT", sample.Error, StringComparison.Ordinal);
    }
}
