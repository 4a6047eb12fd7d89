using CodegenStreaming;

namespace CodegenStreaming.Samples;

/// <summary>Writes lines to a log, and beside it runs the pipeline, which goes on where an earlier run ended.</summary>
internal static class RecoverableWordCountProgram
{
    public static async Task<int> RunAsync(string folder, int linesPerSecond, int interval, int? batches)
    {
        var (log, checkpoint) = (Path.Combine(folder, "log"), Path.Combine(folder, "checkpoint"));
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(log, linesPerSecond, stop.Token);
        await using var streaming = StreamingContext.GetOrCreate(checkpoint, () =>
        {
            var context = new StreamingContext(new StreamingOptions
            {
                AppName = "RecoverableWordCount",
                BatchInterval = TimeSpan.FromMilliseconds(interval),
                CheckpointInterval = TimeSpan.FromMilliseconds(5 * interval),
            });
            context.Add(new RecoverableWordCount(log));
            return context;
        });
        Console.Error.WriteLine($"Counting the words of the log in {folder}. Ctrl+C stops; kill it any other way, start it again, and it goes on.");
        var exitCode = await SampleRun.RunAsync(streaming, batches);
        Console.Error.WriteLine(streaming.IsRestored ? "It had gone on from an earlier run." : "It was the first run.");
        await stop.CancelAsync();
        await writing;
        return exitCode;
    }

    private static async Task WriteAsync(string log, int linesPerSecond, CancellationToken stop)
    {
        using var writer = new LogDirectoryWriter<string>(log, "lines");
        try
        {
            await foreach (var line in Lines.ComeInAsync(linesPerSecond, stop))
            {
                writer.Append(line);
                writer.Flush();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
