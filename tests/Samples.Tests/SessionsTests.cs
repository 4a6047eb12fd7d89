using System.Text.RegularExpressions;

namespace CodegenStreaming.Samples.Tests;

/// <summary>The sample of states that time out, in real time, as a process.</summary>
public sealed partial class SessionsTests
{
    [Fact]
    public async Task TellsOfEachVisitOnce_WhenItHasEnded()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("Sessions"), "--interval", "100", "--timeout", "20", "--rate", "400");
        await sample.WaitForOutputAsync(output => Ended().Count(output) >= 24);
        sample.Signal("INT");
        Assert.Equal(0, await sample.WaitForExitAsync());

        // Every visitor sees ten pages, and then never comes again.
        var ended = Ended().Matches(sample.Output);
        Assert.All(ended, visit => Assert.Equal("10 pages", visit.Groups["pages"].Value));
        Assert.All(ended, visit => Assert.Equal("/pay", visit.Groups["last"].Value));
        Assert.Equal(ended.Count, ended.Select(visit => visit.Groups["visitor"].Value).Distinct().Count());
        Assert.Matches(@"\n[1-9]\d* visits are open\n", sample.Output);
    }

    [GeneratedRegex(@"^visitor (?<visitor>\d+) saw (?<pages>\d+ pages) in \d+\.\d s, last (?<last>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Ended();
}
