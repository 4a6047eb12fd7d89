namespace CodegenStreaming.Samples;

/// <summary>Runs the pipeline until it is told to stop. Counts go to standard output and to the file, everything else to standard error.</summary>
internal static class BlockedWordsProgram
{
    public static async Task<int> RunAsync(IReadOnlyList<string> blocked, string file, int linesPerSecond, int interval, int? batches)
    {
        await using var streaming = new StreamingContext(new StreamingOptions { AppName = "BlockedWords", BatchInterval = TimeSpan.FromMilliseconds(interval) });
        streaming.Add(new BlockedWords(Lines.ComeInAsync(linesPerSecond), blocked, file));
        Console.Error.WriteLine($"Counting words, but these: {string.Join(' ', blocked)}. Counts are appended to {file}. Ctrl+C stops.");
        return await SampleRun.RunAsync(streaming, batches);
    }
}
