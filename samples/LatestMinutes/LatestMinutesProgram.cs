namespace CodegenStreaming.Samples;

/// <summary>Runs the pipeline, and beside it somebody who asks, until it is told to stop.</summary>
internal static class LatestMinutesProgram
{
    public static async Task<int> RunAsync(int requestsPerSecond, int interval, int? batches)
    {
        var batchInterval = TimeSpan.FromMilliseconds(interval);
        await using var streaming = new StreamingContext(new StreamingOptions { AppName = "LatestMinutes", BatchInterval = batchInterval });
        var pipeline = new LatestMinutes(Request.ComeInAsync(requestsPerSecond), Dashboard.Remembered(batchInterval));
        await using var dashboard = new Dashboard(pipeline, batchInterval);
        streaming.Add(pipeline);
        streaming.AddListener(dashboard);
        Console.Error.WriteLine("Counting the requests of the latest 1, 10 and 60 batches. Ctrl+C stops.");
        return await SampleRun.RunAsync(streaming, batches);
    }
}
