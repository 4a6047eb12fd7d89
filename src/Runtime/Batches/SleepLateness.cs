namespace CodegenStreaming.Batches;

/// <summary>
/// By how much sleeps end late on this machine at present, all but one in a hundred. Learnt from whether they did: it rises with a sleep that was later,
/// and falls by the hundredth part with one that was not, so it stays where one in a hundred is later. Not thread-safe.
/// </summary>
internal sealed class SleepLateness
{
    private const int OneIn = 100;

    private static readonly TimeSpan Least = TimeSpan.FromMicroseconds(150);
    private static readonly TimeSpan Most = TimeSpan.FromMicroseconds(800);
    private static readonly TimeSpan Rise = TimeSpan.FromMicroseconds(50);

    public TimeSpan Expected { get; private set; } = Least;

    /// <summary>A sleep that allowed for the expected lateness has ended.</summary>
    public void Observe(bool isMissed)
    {
        var expected = isMissed ? Expected + Rise : Expected - (Rise / OneIn);
        Expected = expected < Least ? Least : expected > Most ? Most : expected;
    }
}
