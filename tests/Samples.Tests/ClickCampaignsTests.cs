using System.Globalization;
using System.Text.RegularExpressions;

namespace CodegenStreaming.Samples.Tests;

/// <summary>The sample of streams joined with data sets, in real time, as a process.</summary>
public sealed partial class ClickCampaignsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("click-campaigns-").FullName;

    private string Campaigns => Path.Combine(_folder, "campaigns.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TakesACampaignTableThatIsReplacedWhileItRuns()
    {
        Replace("banner,spring\nvideo,spring\ntext,summer\n");
        using var sample = SampleProcess.StartSample(BuildOutput.Of("ClickCampaigns"), "--campaigns", Campaigns, "--interval", "100");
        await sample.WaitForOutputAsync(output => Campaign("summer").Count(output) >= 3);
        Assert.DoesNotContain("autumn", sample.Output, StringComparison.Ordinal);

        Replace("banner,autumn\nvideo,autumn\ntext,winter\n");
        await sample.WaitForOutputAsync(output => Campaign("winter").Count(output) >= 3);
        sample.Signal("INT");
        Assert.Equal(0, await sample.WaitForExitAsync());

        // A batch has the old table or the new one, and none is printed by the old one after the new one was read.
        Assert.All(
            sample.Output.Split("Time:"),
            batch => Assert.False(batch.Contains("spring", StringComparison.Ordinal) && batch.Contains("winter", StringComparison.Ordinal), batch));
        Assert.True(
            sample.Output.LastIndexOf("spring", StringComparison.Ordinal) < sample.Output.IndexOf("autumn", StringComparison.Ordinal), sample.Output);
        Assert.Contains("Campaigns: banner in autumn, video in autumn, text in winter.", sample.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CountsEveryViewAndEveryClickOfAPerson_ByCampaignInTheOrderOfTheirRates()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("ClickCampaigns"), "--batches", "5", "--interval", "200");

        Assert.Equal(0, await sample.WaitForExitAsync());

        // What is not counted are clicks of robots: every third one, of each of two servers.
        var counted = Campaign(".*").Matches(sample.Output);
        var clicks = counted.Sum(campaign => Number(campaign, "clicks"));
        var robots = Number(Records().Match(sample.Error), "records") - clicks - counted.Sum(campaign => Number(campaign, "views"));
        Assert.True(clicks > 0, sample.Output);
        Assert.InRange(clicks - (2 * robots), 0, 4);
        Assert.All(sample.Output.Split("Time:"), batch =>
        {
            var rates = Campaign(".*").Matches(batch).Select(campaign => Rate(campaign)).ToArray();
            Assert.Equal(rates.OrderDescending(), rates);
        });
    }

    [Fact]
    public async Task RefusesATableThatIsNotThere_WithoutStarting()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("ClickCampaigns"), "--campaigns", Campaigns);

        Assert.Equal(1, await sample.WaitForExitAsync());
        Assert.Contains(Campaigns, sample.Error, StringComparison.Ordinal);
    }

    /// <summary>In one step, as a careful editor does.</summary>
    private void Replace(string table)
    {
        var unfinished = Path.Combine(_folder, "unfinished");
        File.WriteAllText(unfinished, table);
        File.Move(unfinished, Campaigns, overwrite: true);
    }

    private static double Rate(Match campaign) => Number(campaign, "views") is > 0 and var views ? (double)Number(campaign, "clicks") / views : 0;

    private static int Number(Match match, string name) => int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);

    private static Regex Campaign(string name) => new($@"^{name}: (?<clicks>\d+) clicks, (?<views>\d+) views", RegexOptions.Multiline);

    [GeneratedRegex(@"(?<records>\d+) records in")]
    private static partial Regex Records();
}
