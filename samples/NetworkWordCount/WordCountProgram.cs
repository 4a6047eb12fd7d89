using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace CodegenStreaming.Samples;

/// <summary>Runs the pipeline until it is told to stop. Batches go to standard output, everything else to standard error.</summary>
internal static class WordCountProgram
{
    public static async Task<int> RunAsync(WordCountArguments arguments)
    {
        using var signals = new StopSignals();
        using var server = arguments.Host is null ? new DocumentationServer(arguments.LinesPerSecond) : null;
        using var logs = LoggerFactory.Create(logging => logging
            .AddConsoleFormatter<OneLineFormatter, ConsoleFormatterOptions>()
            .AddConsole(console =>
            {
                console.FormatterName = OneLineFormatter.FormatterName;
                console.LogToStandardErrorThreshold = LogLevel.Trace;
            })
            .AddFilter((category, level) => level >= LogLevel.Warning));

        var (host, port) = server is null ? (arguments.Host!, arguments.Port) : ("127.0.0.1", server.Port);
        await using var streaming = new StreamingContext(
            new StreamingOptions { AppName = "NetworkWordCount", BatchInterval = TimeSpan.FromSeconds(1) }, loggerFactory: logs);
        streaming.Add(arguments.Utf8 ? new NetworkWordCountUtf8(host, port) : new NetworkWordCount(host, port));

        var progress = new Progress(arguments.Batches);
        streaming.AddListener(progress);
        Tell(server is null
            ? $"Counting the words that {host}:{port} sends, every second. Ctrl+C stops."
            : $"Counting the words of this project's documentation, every second: 127.0.0.1:{port} sends it at {arguments.LinesPerSecond} lines a second. Ctrl+C stops.");
        streaming.Start();
        Tell(Summary(streaming.Plan));

        var failure = streaming.AwaitTerminationAsync();
        await Task.WhenAny(failure, signals.First, progress.Done);
        if (signals.First.IsCompleted)
        {
            Tell("Stopping: what was received is counted first. Ctrl+C again stops at once.");
            await Task.WhenAny(streaming.StopAsync(graceful: true), signals.Second);
        }

        await streaming.StopAsync(graceful: false);
        Tell($"{progress.Records} lines in {progress.Batches} batches.");
        return await ReportAsync(failure);
    }

    private static async Task<int> ReportAsync(Task ended)
    {
        try
        {
            await ended;
            return 0;
        }
        catch (StreamingTaskException exception)
        {
            Tell(exception.Message);
            return 1;
        }
    }

    /// <summary>Which operator calls became part of generated loops.</summary>
    private static string Summary(StreamingPlan plan) =>
        $"In generated loops: {Names(plan.BoundSites)}. One by one: {Names(plan.UnboundSites)}.";

    private static string Names(IReadOnlyList<PlannedSite> sites) =>
        sites.Count > 0 ? string.Join(", ", sites.Select(site => site.OperatorName)) : "none";

    private static void Tell(string message) => Console.Error.WriteLine(message);
}
