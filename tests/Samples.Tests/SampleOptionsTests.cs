namespace CodegenStreaming.Samples.Tests;

/// <summary>Samples explain themselves, and refuse what makes no sense.</summary>
public sealed class SampleOptionsTests
{
    public static TheoryData<string> Samples => ["WindowedWordCount", "StatefulNetworkWordCount", "TopHashtags", "ClicksAndImpressions", "SpamFilter", "Sessions"];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task ExplainsItself_OnHelp(string name)
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of(name), "--help");
        Assert.Equal(0, await sample.WaitForExitAsync());
        Assert.All(["Description:", "--rate", "--interval", "--batches", "Ctrl+C"], word => Assert.Contains(word, sample.Output, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task RefusesAnIntervalOfZero_WithoutStarting(string name)
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of(name), "--interval", "0");
        Assert.Equal(1, await sample.WaitForExitAsync());
        Assert.Contains("--interval is at least 1.", sample.Error, StringComparison.Ordinal);
    }
}
