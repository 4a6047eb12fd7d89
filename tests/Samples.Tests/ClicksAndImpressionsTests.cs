namespace CodegenStreaming.Samples.Tests;

/// <summary>The sample of windows that are joined, in real time, as a process.</summary>
public sealed class ClicksAndImpressionsTests
{
    private const string TooLate = "(too late)";

    [Fact]
    public async Task FindsTheAdvertisementOfEveryClick_Once_WhereTheWindowIsLong()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("ClicksAndImpressions"), "--interval", "100", "--patience", "200", "--rate", "500");
        await sample.WaitForOutputAsync(output => PrintedBatches.Read(output).Totals.Values.Sum() >= 40);
        sample.Signal("INT");
        Assert.Equal(0, await sample.WaitForExitAsync());

        var totals = PrintedBatches.Read(sample.Output).Totals;
        Assert.Equal(["banner", "text", "video"], totals.Keys.Order(StringComparer.Ordinal));

        // Every fourth advertisement is clicked on, when a hundred more have been shown.
        var clicks = totals.Values.Sum();
        var shown = SampleRecords.Of(sample) - clicks;
        Assert.InRange(shown - (4 * clicks), 90, 110);
    }

    [Fact]
    public async Task GivesUpAdvertisements_WhereTheWindowIsShort()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("ClicksAndImpressions"), "--interval", "100", "--patience", "1", "--rate", "100");
        await sample.WaitForOutputAsync(output => PrintedBatches.Read(output).Totals.GetValueOrDefault(TooLate) >= 20);
        sample.Signal("INT");
        Assert.Equal(0, await sample.WaitForExitAsync());
    }
}
