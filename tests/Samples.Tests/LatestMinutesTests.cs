using System.Globalization;
using System.Text.RegularExpressions;

namespace CodegenStreaming.Samples.Tests;

/// <summary>The sample of remembered batches that another thread asks for, in real time, as a process.</summary>
public sealed partial class LatestMinutesTests
{
    [Fact]
    public async Task ShowsWhatTheLatestBatchesHad_ToAnotherThread_WhileItGoesOn()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("LatestMinutes"), "--interval", "100", "--rate", "500");
        await sample.WaitForOutputAsync(output => Tables(output).Length >= 20 && output.Contains("/pay fails", StringComparison.Ordinal));
        sample.Signal("INT");
        Assert.Equal(0, await sample.WaitForExitAsync());

        // Each column is part of the next one, and the last one has all that came since the start.
        var tables = Tables(sample.Output);
        Assert.All(tables, columns => Assert.True(columns[0] <= columns[1] && columns[1] <= columns[2], sample.Output));
        Assert.All(tables.Zip(tables.Skip(1)), pair => Assert.True(pair.First[2] <= pair.Second[2], sample.Output));
        Assert.True(tables[^1][1] < tables[^1][2], sample.Output);
        Assert.InRange(tables[^1][2], 1, int.Parse(Records().Match(sample.Error).Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.All(["/", "/search", "/cart", "/pay"], page => Assert.Contains($"\n{page} ", sample.Output, StringComparison.Ordinal));
        Assert.Contains("requests in    0.1 s     1 s     6 s", sample.Output, StringComparison.Ordinal);
        Assert.Matches(@"/pay fails: \d+ of \d+ requests\.", sample.Output);
    }

    /// <summary>Of each whole table the sum of each column.</summary>
    private static int[][] Tables(string output) =>
    [
        .. Table().Matches(output).Select(table => Enumerable.Range(2, 3).Select(column => Row().Matches(table.Value)
            .Sum(row => int.Parse(row.Groups[column].Value, CultureInfo.InvariantCulture))).ToArray()),
    ];

    [GeneratedRegex(@"^requests in.*\n(/[a-z]* +\d+ +\d+ +\d+\n)+(?=\n)", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^(/[a-z]*) +(\d+) +(\d+) +(\d+)$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(\d+) records in")]
    private static partial Regex Records();
}
