using System.Globalization;
using System.Text.RegularExpressions;

namespace CodegenStreaming.Samples.Tests;

/// <summary>The sample of a window that is put in order, in real time, as a process.</summary>
public sealed partial class TopHashtagsTests
{
    [Fact]
    public async Task TellsTheTenMostUsedTags_InTheirOrder()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("TopHashtags"), "--interval", "100", "--window", "5");
        await sample.WaitForOutputAsync(output => Read(output).Length >= 20);
        sample.Signal("INT");
        Assert.Equal(0, await sample.WaitForExitAsync());

        var windows = Read(sample.Output);
        Assert.All(windows, counts =>
        {
            Assert.InRange(counts.Length, 0, 10);
            Assert.Equal(counts.OrderDescending(), counts);
            Assert.All(counts, count => Assert.True(count > 0));
        });
        Assert.Contains(windows, counts => counts.Length == 10);

        // Every post has two tags.
        Assert.True(windows[^1].Sum() < 2 * SampleRecords.Of(sample), "Posts that have left the window still count.");
    }

    /// <summary>Of each line the numbers.</summary>
    private static int[][] Read(string output) =>
    [
        .. output.Split('\n').Where(line => line.Contains(" ms:", StringComparison.Ordinal))
            .Select(line => Tag().Matches(line).Select(tag => int.Parse(tag.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray()),
    ];

    [GeneratedRegex(@"#[a-z]+ (\d+)")]
    private static partial Regex Tag();
}
