namespace CodegenStreaming.Samples;

/// <summary>Runs the pipeline until it is told to stop. Batches go to standard output, everything else to standard error.</summary>
internal static class SessionsProgram
{
    public static async Task<int> RunAsync(int timeout, int visitors, int viewsPerSecond, int interval, string? checkpoint, int? batches)
    {
        var batchInterval = TimeSpan.FromMilliseconds(interval);
        await using var streaming = new StreamingContext(new StreamingOptions { AppName = "Sessions", BatchInterval = batchInterval, CheckpointDirectory = checkpoint, AllowUnsavedState = checkpoint is null });
        streaming.Add(new Sessions(PageView.ComeInAsync(viewsPerSecond, visitors), timeout * batchInterval));
        Console.Error.WriteLine($"Following visitors until they have not been seen for {timeout} batches. Ctrl+C stops.");
        return await SampleRun.RunAsync(streaming, batches);
    }
}
