namespace CodegenStreaming.Samples;

/// <summary>Runs the pipeline until it is told to stop. Batches go to standard output, everything else to standard error.</summary>
internal static class ClicksAndImpressionsProgram
{
    public static async Task<int> RunAsync(int patience, int viewsPerSecond, int interval, int? batches)
    {
        var batchInterval = TimeSpan.FromMilliseconds(interval);
        var server = new AdServer();
        using var stopping = new CancellationTokenSource();
        var serving = server.RunAsync(viewsPerSecond, stopping.Token);
        await using var streaming = new StreamingContext(new StreamingOptions { AppName = "ClicksAndImpressions", BatchInterval = batchInterval });
        streaming.Add(new ClicksAndImpressions(server.Impressions, server.Clicks, batchInterval, patience * batchInterval));
        Console.Error.WriteLine($"Clicks by advertisement, for those shown in the last {patience} batches. Ctrl+C stops.");
        var code = await SampleRun.RunAsync(streaming, batches);
        await stopping.CancelAsync();
        await serving;
        return code;
    }
}
