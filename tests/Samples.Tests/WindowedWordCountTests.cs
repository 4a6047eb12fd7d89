namespace CodegenStreaming.Samples.Tests;

/// <summary>The sample of a window with an inverse, in real time, as a process.</summary>
public sealed class WindowedWordCountTests
{
    [Fact]
    public async Task CountsTheWordsOfTheLatestBatches_EveryOtherBatch()
    {
        using var sample = SampleProcess.StartSample(BuildOutput.Of("WindowedWordCount"), "--interval", "100", "--window", "6", "--slide", "2");
        await sample.WaitForOutputAsync(output => PrintedBatches.Read(output).Count >= 12);
        sample.Signal("INT");
        Assert.Equal(0, await sample.WaitForExitAsync());

        var printed = PrintedBatches.Read(sample.Output);
        Assert.All(printed.Times.Zip(printed.Times.Skip(1)), pair => Assert.Equal(200, pair.Second - pair.First));

        // Three lines take turns, so each window has as many of them, but for one.
        var lines = 0;
        foreach (var window in printed.Batches)
        {
            var (first, second, third) = (window.GetValueOrDefault("or"), window.GetValueOrDefault("question"), window.GetValueOrDefault("suffer"));
            Assert.Equal(2 * first, window.GetValueOrDefault("be"));
            Assert.Equal((2 * first) + third, window.GetValueOrDefault("to"));
            Assert.Equal(second + third, window.GetValueOrDefault("is"));
            Assert.InRange(first - second, -1, 1);
            Assert.InRange(second - third, -1, 1);
            Assert.All(window.Values, count => Assert.True(count > 0));
            lines = first + second + third;
        }

        Assert.True(lines < SampleRecords.Of(sample), "Lines that have left the window still count.");
    }
}
