using System.Runtime.CompilerServices;

namespace CodegenStreaming.Samples;

/// <summary>What a web server reports: a visitor has seen an advertisement, or has clicked on it.</summary>
public readonly record struct AdEvent(string Ad, string Visitor, bool IsClick)
{
    /// <summary>Visitors that are no people. Every third click is one of theirs.</summary>
    public static readonly string[] Robots = ["crawler", "monitor"];

    private static readonly string[] Ads = ["banner", "video", "text"];

    /// <summary>The events of a web server without end, so many a second.</summary>
    public static async IAsyncEnumerable<AdEvent> ComeInAsync(int perSecond, int seed, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var random = new Random(seed);
        var clicks = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            var ad = random.Next(Ads.Length);
            var isClick = random.Next(12) <= ad;
            var visitor = isClick && clicks++ % 3 == 2 ? Robots[random.Next(Robots.Length)] : $"visitor {random.Next(1000)}";
            yield return new AdEvent(Ads[ad], visitor, isClick);
        }
    }
}
