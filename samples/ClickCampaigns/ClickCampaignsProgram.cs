namespace CodegenStreaming.Samples;

/// <summary>Runs the pipeline until it is told to stop. Batches go to standard output, everything else to standard error.</summary>
internal static class ClickCampaignsProgram
{
    public static async Task<int> RunAsync(string? path, int eventsPerSecond, int interval, int? batches)
    {
        var batchInterval = TimeSpan.FromMilliseconds(interval);
        using var own = path is null ? new CampaignFile(changedEvery: 3 * batchInterval) : null;
        using var engine = new EngineContext("ClickCampaigns");
        await using var streaming = new StreamingContext(engine, new StreamingOptions { AppName = "ClickCampaigns", BatchInterval = batchInterval });
        IAsyncEnumerable<AdEvent>[] servers = [AdEvent.ComeInAsync(eventsPerSecond, seed: 1), AdEvent.ComeInAsync(eventsPerSecond, seed: 2)];
        streaming.Add(new ClickCampaigns(servers, new CampaignTable(engine, path ?? own!.Path)));
        Console.Error.WriteLine(
            own is null ? $"Campaigns are read from {path} whenever it has changed. Ctrl+C stops." : "The table of campaigns changes every three batches. Ctrl+C stops.");
        return await SampleRun.RunAsync(streaming, batches);
    }
}
