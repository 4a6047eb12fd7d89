using System.Text.RegularExpressions;

namespace CodegenStreaming.Samples.Tests;

/// <summary>The sample of asynchronous steps, in real time, as a process.</summary>
public sealed partial class EnrichmentTests
{
    [Fact]
    public async Task PricesItsOrders_AlthoughTheServiceIsSlowAndSometimesFails()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("Enrichment"), "--batches", "3");

        Assert.Equal(0, await sample.WaitForExitAsync());

        Assert.True(Regex.Count(sample.Output, @"^Time: \d+ ms$", RegexOptions.Multiline) >= 3, sample.Output);
        Assert.All(
            ["apples", "bread", "cheese", "dates", "eggs"],
            article => Assert.Matches($@"\({article},\d+\.\d\)", sample.Output));
        Assert.NotEqual("0", Refused().Match(sample.Error).Groups[1].Value);
    }

    [Fact]
    public async Task Fails_WhereThereIsNoService()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("Enrichment"), "--service", "http://127.0.0.1:9/", "--batches", "3");

        Assert.Equal(1, await sample.WaitForExitAsync());
        Assert.Contains("MapAsync failed at", sample.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"has refused (\d+) requests")]
    private static partial Regex Refused();
}
