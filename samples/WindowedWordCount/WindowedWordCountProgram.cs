namespace CodegenStreaming.Samples;

/// <summary>Runs the pipeline until it is told to stop. Batches go to standard output, everything else to standard error.</summary>
internal static class WindowedWordCountProgram
{
    public static async Task<int> RunAsync(int window, int slide, int linesPerSecond, int interval, string? checkpoint, int? batches)
    {
        var batchInterval = TimeSpan.FromMilliseconds(interval);
        await using var streaming = new StreamingContext(new StreamingOptions { AppName = "WindowedWordCount", BatchInterval = batchInterval, CheckpointDirectory = checkpoint, AllowUnsavedState = checkpoint is null });
        streaming.Add(new WindowedWordCount(Lines.ComeInAsync(linesPerSecond), window * batchInterval, slide * batchInterval));
        Console.Error.WriteLine($"Counting the words of the last {window} batches, every {slide}. Ctrl+C stops.");
        return await SampleRun.RunAsync(streaming, batches);
    }
}
