using System.Threading.Channels;

namespace CodegenStreaming.Samples;

/// <summary>An advertisement was shown.</summary>
public readonly record struct Impression(int View, string Ad);

/// <summary>Somebody has clicked on what was shown.</summary>
public readonly record struct Click(int View, string User);

/// <summary>Shows advertisements. Every fourth is clicked on when a hundred more have been shown.</summary>
internal sealed class AdServer
{
    private const int ClickedLater = 100;

    private static readonly string[] Ads = ["banner", "video", "text"];

    private readonly Channel<Impression> _impressions = Channel.CreateUnbounded<Impression>();
    private readonly Channel<Click> _clicks = Channel.CreateUnbounded<Click>();

    public ChannelReader<Impression> Impressions => _impressions.Reader;

    public ChannelReader<Click> Clicks => _clicks.Reader;

    /// <summary>Goes on until it is cancelled.</summary>
    public async Task RunAsync(int viewsPerSecond, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / viewsPerSecond));
        for (var view = 0; !cancellation.IsCancellationRequested; view++)
        {
            await _impressions.Writer.WriteAsync(new Impression(view, Ads[view % Ads.Length]), CancellationToken.None);
            var earlier = view - ClickedLater;
            if (earlier >= 0 && earlier % 4 == 0)
            {
                await _clicks.Writer.WriteAsync(new Click(earlier, $"user {earlier % 17}"), CancellationToken.None);
            }

            try
            {
                await timer.WaitForNextTickAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                // The program is ending.
            }
        }
    }
}
