namespace CodegenStreaming.Samples;

/// <summary>What samples have in common: they run until Ctrl+C, or for so many batches, and end with what was received processed.</summary>
internal static class SampleRun
{
    /// <summary>Starts a context and stops it again.</summary>
    /// <param name="streaming">Defined, not started.</param>
    /// <param name="batches">After how many batches to end; null for never.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(StreamingContext streaming, int? batches)
    {
        using var signals = new StopSignals();
        return await RunAsync(streaming, batches, signals);
    }

    /// <summary>The same for a program that has its own use of signals, before or after.</summary>
    /// <param name="streaming">Defined, not started.</param>
    /// <param name="batches">After how many batches to end; null for never.</param>
    /// <param name="signals">They end it, too.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(StreamingContext streaming, int? batches, StopSignals signals)
    {
        var progress = new Progress(batches);
        streaming.AddListener(progress);
        streaming.Start();
        var failure = streaming.AwaitTerminationAsync();
        await Task.WhenAny(failure, signals.First, progress.Done);
        if (!failure.IsCompleted)
        {
            await Task.WhenAny(streaming.StopAsync(graceful: true, stopEngine: false), signals.Second);
        }

        await streaming.StopAsync(graceful: false, stopEngine: false);
        Console.Error.WriteLine($"{progress.Records} records in {progress.Batches} batches.");
        if (failure.Exception?.InnerException is not { } exception)
        {
            return 0;
        }

        Console.Error.WriteLine(exception.Message);
        return 1;
    }
}
