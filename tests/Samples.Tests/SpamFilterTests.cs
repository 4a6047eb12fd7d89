using System.Globalization;
using System.Text.RegularExpressions;

namespace CodegenStreaming.Samples.Tests;

/// <summary>The sample of a stream joined with a data set that changes, in real time, as a process.</summary>
public sealed class SpamFilterTests
{
    [Fact]
    public async Task LeavesOutSendersFromTheBatchOnThatTheyAreKnownIn()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("SpamFilter"), "--interval", "100");
        await sample.WaitForErrorAsync("pills");
        await sample.WaitForOutputAsync(output => Last(output) is { Count: > 0 } last && !last.ContainsKey("pills"));
        sample.Signal("INT");
        Assert.Equal(0, await sample.WaitForExitAsync());

        var printed = PrintedBatches.Read(sample.Output);
        var batches = printed.Times.Zip(printed.Batches).Where(batch => batch.Second.Count > 0).ToArray();
        foreach (var sender in new[] { "lottery", "pills" })
        {
            var known = long.Parse(Regex.Match(sample.Error, $@"Known at (\d+) ms:.*\({sender}, ").Groups[1].Value, CultureInfo.InvariantCulture);
            Assert.Contains(batches, batch => batch.First < known && batch.Second.ContainsKey(sender));
            Assert.DoesNotContain(batches, batch => batch.First >= known && batch.Second.ContainsKey(sender));
        }

        Assert.Contains(batches, batch => batch.Second.ContainsKey("ada") && batch.Second.ContainsKey("grace"));
    }

    private static IReadOnlyDictionary<string, int>? Last(string output) => PrintedBatches.Read(output).Batches is [.., var last] ? last : null;
}
