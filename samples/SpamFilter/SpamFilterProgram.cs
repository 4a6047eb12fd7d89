namespace CodegenStreaming.Samples;

/// <summary>Runs the pipeline until it is told to stop. Batches go to standard output, everything else to standard error.</summary>
internal static class SpamFilterProgram
{
    public static async Task<int> RunAsync(int messagesPerSecond, int interval, int? batches)
    {
        var batchInterval = TimeSpan.FromMilliseconds(interval);
        using var engine = new EngineContext("SpamFilter");
        await using var streaming = new StreamingContext(engine, new StreamingOptions { AppName = "SpamFilter", BatchInterval = batchInterval });
        streaming.Add(new SpamFilter(Message.ComeInAsync(messagesPerSecond), new Reputation(engine, changedEvery: 3 * batchInterval)));
        Console.Error.WriteLine("Counting messages that are no spam, by sender. More senders of spam become known every three batches. Ctrl+C stops.");
        return await SampleRun.RunAsync(streaming, batches);
    }
}
