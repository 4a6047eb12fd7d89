namespace CodegenStreaming.Tests.Sources;

/// <summary>Waits for what another thread or the network will bring about. No test depends on how long it takes.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task True(Func<bool> condition, string what) => True(condition, what, static () => { });

    /// <summary>Does something between two looks, such as advancing a fake clock.</summary>
    public static async Task True(Func<bool> condition, string what, Action meanwhile)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, $"Waited in vain: {what}.");
            meanwhile();
            await Task.Delay(TimeSpan.FromMilliseconds(2), TestContext.Current.CancellationToken);
        }
    }
}
