using CodegenStreaming.Batches;

namespace CodegenStreaming.Tests.Batches;

public sealed class SleepLatenessTests
{
    [Fact]
    public void Expectation_StaysWhereOneSleepInAHundredIsLater()
    {
        var random = new Random(1);
        var lateness = new SleepLateness();
        var missed = 0;
        for (var sleep = 0; sleep < 100_000; sleep++)
        {
            var isMissed = TimeSpan.FromMicroseconds(random.Next(500)) > lateness.Expected;
            missed += isMissed ? 1 : 0;
            lateness.Observe(isMissed);
        }

        Assert.InRange(missed, 800, 1200);
        Assert.InRange(lateness.Expected.TotalMicroseconds, 400, 600);
    }

    [Fact]
    public void Expectation_HasBounds()
    {
        var lateness = new SleepLateness();
        var least = lateness.Expected;
        lateness.Observe(isMissed: false);
        Assert.Equal(least, lateness.Expected);
        for (var sleep = 0; sleep < 1000; sleep++)
        {
            lateness.Observe(isMissed: true);
        }

        Assert.InRange(lateness.Expected, least, TimeSpan.FromMilliseconds(1));
    }
}
