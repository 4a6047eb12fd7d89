using System.Globalization;
using System.Text.RegularExpressions;

namespace CodegenStreaming.Samples.Tests;

/// <summary>The sample of recovery, killed and started again, as processes.</summary>
public sealed partial class RecoverableWordCountTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recoverable-word-count").FullName;

    [Fact]
    public async Task GoesOn_WhereItWasKilled()
    {
        long before;
        using (var first = Start())
        {
            await first.WaitForOutputAsync(output => Counts().Count(output) >= 12);
            first.Signal("KILL");
            await first.WaitForExitAsync();
            before = Words(first).Max();
        }

        using var second = Start();
        await second.WaitForOutputAsync(output => Counts().Count(output) >= 8);
        second.Signal("INT");
        Assert.Equal(0, await second.WaitForExitAsync());
        Assert.Contains("It had gone on from an earlier run.", second.Error, StringComparison.Ordinal);
        var after = Words(second);
        Assert.True(after[0] >= before - 1000 && after[^1] > before, $"{before} words before, {after[0]} to {after[^1]} after");
        Assert.Equal(after.Order(), after);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private SampleProcess Start() => SampleProcess.StartSample(BuildOutput.Of("RecoverableWordCount"), "--folder", _folder, "--interval", "100");

    private static List<long> Words(SampleProcess sample) =>
        [.. Counts().Matches(sample.Output).Select(match => long.Parse(match.Groups["words"].ValueSpan, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"^\d\d:\d\d:\d\d\.\d  (?<words>\d+) words; most often: ", RegexOptions.Multiline)]
    private static partial Regex Counts();
}
