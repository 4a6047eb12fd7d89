using System.Globalization;
using System.Text.RegularExpressions;

namespace CodegenStreaming.Samples.Tests;

/// <summary>The sample of saved files and of two streaming contexts over one engine context, in real time, as a process.</summary>
public sealed partial class SavedOrdersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("saved-orders-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ReportsWhatItHasSaved_AndGoesOnWithAnotherStreamingContext()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("SavedOrders"), "--folder", _folder, "--interval", "200");

        Assert.Equal(0, await sample.WaitForExitAsync());

        var records = Records().Matches(sample.Error);
        Assert.Equal(2, records.Count);
        var report = Report().Match(sample.Output);
        Assert.Equal(records[0].Groups["records"].Value, report.Groups["orders"].Value);
        Assert.Equal(Number(report.Groups["total"]), Totals(sample.Output).Sum());
        Assert.True(Regex.Count(sample.Output, @"^Time: \d+ ms$", RegexOptions.Multiline) >= 3, sample.Output);
        Assert.All(Larger().Matches(sample.Output), order => Assert.True(Number(order.Groups["amount"]) > 2.9m * Number(order.Groups["average"]), order.Value));

        var folders = Directory.GetDirectories(_folder).Select(path => Path.GetFileName(path)!).ToArray();
        Assert.True(folders.Count(name => Regex.IsMatch(name, @"^orders-\d+$")) >= 3, string.Join(' ', folders));
        Assert.True(folders.Count(name => Regex.IsMatch(name, @"^totals-\d+\.txt$")) >= 3, string.Join(' ', folders));
    }

    [Fact]
    public async Task ReportsWhatEarlierRunsHaveSaved_Too_AndEndsWithTheReportAfterCtrlC()
    {
        var saved = 0;
        for (var run = 0; run < 2; run++)
        {
            using var sample = SampleProcess.StartSample(BuildOutput.Of("SavedOrders"), "--folder", _folder, "--interval", "200", "--batches", "1000");
            await WaitForBatchesAsync(Batches() + 2, sample);
            sample.Signal("INT");
            Assert.Equal(0, await sample.WaitForExitAsync());
            saved += int.Parse(Records().Match(sample.Error).Groups["records"].Value, CultureInfo.InvariantCulture);
            Assert.Contains($"{saved} orders were saved", sample.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("Time:", sample.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task EndsWithAReportOfWhatThereIs_WhenItIsStoppedBeforeTheFirstBatch()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("SavedOrders"), "--folder", _folder, "--interval", "1000", "--rate", "1");
        await sample.WaitForErrorAsync("Saving");
        sample.Signal("INT");

        Assert.Equal(0, await sample.WaitForExitAsync());
        Assert.Contains(Batches() == 0 ? "Nothing was saved." : "orders were saved", sample.Output, StringComparison.Ordinal);
    }

    /// <summary>Folders appear when they are whole; nothing tells when.</summary>
    private async Task WaitForBatchesAsync(int count, SampleProcess sample)
    {
        for (var left = 2000; Batches() < count; left--)
        {
            Assert.True(left > 0, sample.Error);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private int Batches() => Directory.GetDirectories(_folder, "orders-*").Length;

    private static IEnumerable<decimal> Totals(string output) => Article().Matches(output).Select(article => Number(article.Groups["total"]));

    private static decimal Number(Group group) => decimal.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<records>\d+) records in")]
    private static partial Regex Records();

    [GeneratedRegex(@"^(?<orders>\d+) orders were saved, (?<total>[\d.]+) in all\.$", RegexOptions.Multiline)]
    private static partial Regex Report();

    [GeneratedRegex(@"^  [a-z]+ +(?<total>[\d.]+)$", RegexOptions.Multiline)]
    private static partial Regex Article();

    [GeneratedRegex(@"^\d+ [a-z]+ for (?<amount>[\d.]+); the average is (?<average>[\d.]+)$", RegexOptions.Multiline)]
    private static partial Regex Larger();
}
