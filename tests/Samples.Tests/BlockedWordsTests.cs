using System.Globalization;
using System.Text.RegularExpressions;

namespace CodegenStreaming.Samples.Tests;

/// <summary>The sample of broadcast variables and accumulators, in real time, as a process.</summary>
public sealed partial class BlockedWordsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blocked-words-").FullName;

    private string Counts => Path.Combine(_folder, "counts.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task LeavesOutTheWordsOfItsList_AndCountsThem_UntilCtrlC()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("BlockedWords"), "--interval", "100", "--output", Counts);
        await sample.WaitForOutputAsync(output => Dropped().Count(output) >= 3);
        sample.Signal("INT");

        Assert.Equal(0, await sample.WaitForExitAsync());

        // Three lines take turns.
        var lines = Number(Records().Match(sample.Error));
        var (first, second, third) = ((lines + 2) / 3, (lines + 1) / 3, lines / 3);
        Assert.Equal(2 * first, Sum(sample.Output, "be"));
        Assert.Equal(first, Sum(sample.Output, "or"));
        Assert.Equal(second, Sum(sample.Output, "question"));
        Assert.Equal(third, Sum(sample.Output, "suffer"));
        Assert.All(["to", "is", "the", "that", "it", "in"], word => Assert.Equal(0, Sum(sample.Output, word)));
        Assert.Equal((2 * first) + (3 * second) + (5 * third), Number(Dropped().Matches(sample.Output)[^1]));
    }

    [Fact]
    public async Task AppendsWhatItPrintsToItsFile_RunAfterRun()
    {
        var outputs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            using var sample = SampleProcess.StartSample(BuildOutput.Of("BlockedWords"), "--interval", "100", "--batches", "2", "--blocked", "be,or", "--output", Counts);
            Assert.Equal(0, await sample.WaitForExitAsync());
            Assert.Equal(0, Sum(sample.Output, "or"));
            outputs.AddRange(sample.Output.Split('\n').Where(line => line.StartsWith("Counts at time", StringComparison.Ordinal)));
        }

        Assert.True(outputs.Count >= 4, string.Join('\n', outputs));
        Assert.Equal(outputs, await File.ReadAllLinesAsync(Counts, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("--batches", "0")]
    [InlineData("--interval", "0")]
    [InlineData("--rate", "-1")]
    public async Task RefusesArgumentsThatMakeNoSense_WithoutStarting(params string[] arguments)
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("BlockedWords"), arguments);

        Assert.Equal(1, await sample.WaitForExitAsync());
        Assert.Contains($"{arguments[0]} is at least 1.", sample.Error, StringComparison.Ordinal);
    }

    private static int Sum(string output, string word) => Regex.Matches(output, $@"\({word}, (\d+)\)").Sum(Number);

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Dropped (\d+) words so far\.")]
    private static partial Regex Dropped();

    [GeneratedRegex(@"(\d+) records in")]
    private static partial Regex Records();
}
