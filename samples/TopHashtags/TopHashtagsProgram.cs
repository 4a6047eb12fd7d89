namespace CodegenStreaming.Samples;

/// <summary>Runs the pipeline until it is told to stop. Tags go to standard output, everything else to standard error.</summary>
internal static class TopHashtagsProgram
{
    public static async Task<int> RunAsync(int window, int postsPerSecond, int interval, string? checkpoint, int? batches)
    {
        var batchInterval = TimeSpan.FromMilliseconds(interval);
        await using var streaming = new StreamingContext(new StreamingOptions { AppName = "TopHashtags", BatchInterval = batchInterval, CheckpointDirectory = checkpoint, AllowUnsavedState = checkpoint is null });
        streaming.Add(new TopHashtags(Posts.ComeInAsync(postsPerSecond), window * batchInterval));
        Console.Error.WriteLine($"The most used hashtags of the last {window} batches, after each batch. Ctrl+C stops.");
        return await SampleRun.RunAsync(streaming, batches);
    }
}
