using System.Globalization;
using System.Text.RegularExpressions;

namespace CodegenStreaming.Samples.Tests;

/// <summary>The sample of connection pools, with a real PostgreSQL server; <c>.ci/run</c> installs it.</summary>
public sealed partial class PostgresSinkTests
{
    [Fact]
    public async Task WritesWhatItCounts_IntoAServerOfItsOwn()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("PostgresSink"), "--batches", "3");

        Assert.True(await sample.WaitForExitAsync() == 0, sample.Error);

        Assert.True(Batch().Count(sample.Output) >= 3, sample.Output);
        Assert.All(Batch().Matches(sample.Output), batch => Assert.InRange(int.Parse(batch.Groups[1].Value, CultureInfo.InvariantCulture), 0, 4));
        var lines = int.Parse(Records().Match(sample.Error).Groups[1].Value, CultureInfo.InvariantCulture);
        var (first, third) = ((lines + 2) / 3, lines / 3);
        Assert.Contains($"In the database: (to, {(2 * first) + third}), ", sample.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_WhereThereIsNoServer()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("PostgresSink"), "--connection", "Host=127.0.0.1;Port=9;Username=app", "--batches", "1");

        Assert.NotEqual(0, await sample.WaitForExitAsync());
        Assert.Contains("127.0.0.1:9", sample.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^Batch \d+ ms is written, over (\d) connections\.$", RegexOptions.Multiline)]
    private static partial Regex Batch();

    [GeneratedRegex(@"(\d+) records in")]
    private static partial Regex Records();
}
