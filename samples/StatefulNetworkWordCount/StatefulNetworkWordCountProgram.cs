namespace CodegenStreaming.Samples;

/// <summary>Runs the pipeline until it is told to stop. Batches go to standard output, everything else to standard error.</summary>
internal static class StatefulNetworkWordCountProgram
{
    public static async Task<int> RunAsync(string? host, int? port, int linesPerSecond, int interval, string? checkpoint, int? batches)
    {
        using var server = host is null ? new DocumentationServer(linesPerSecond) : null;
        await using var streaming = new StreamingContext(
            new StreamingOptions { AppName = "StatefulNetworkWordCount", BatchInterval = TimeSpan.FromMilliseconds(interval), CheckpointDirectory = checkpoint, AllowUnsavedState = checkpoint is null });
        streaming.Add(server is null ? new StatefulNetworkWordCount(host!, port ?? 0) : new StatefulNetworkWordCount("127.0.0.1", server.Port));
        Console.Error.WriteLine($"Counting all words that {(server is null ? $"{host}:{port}" : "a server of this program's own")} sends. Ctrl+C stops.");
        return await SampleRun.RunAsync(streaming, batches);
    }
}
