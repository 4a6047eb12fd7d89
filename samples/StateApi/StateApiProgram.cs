namespace CodegenStreaming.Samples;

/// <summary>Runs the pipeline and, beside it, a web server that answers from its state.</summary>
internal static class StateApiProgram
{
    public static async Task<int> RunAsync(int port, int linesPerSecond, string? checkpoint, int? batches)
    {
        var totals = new WordTotals(Lines.ComeInAsync(linesPerSecond));
        await using var streaming = new StreamingContext(new StreamingOptions { AppName = "StateApi", CheckpointDirectory = checkpoint, AllowUnsavedState = checkpoint is null });
        streaming.Add(totals);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        await using var web = builder.Build();
        web.MapGet("/", () =>
        {
            var words = totals.State<string, long>("totals");
            return new Summary(words.Count, words.BatchTime?.ToDateTimeOffset());
        });
        web.MapGet("/words", async (CancellationToken cancelled) => (await totals.State<string, long>("totals").ToListAsync(cancelled))
            .OrderByDescending(pair => pair.State)
            .Take(10)
            .Select(pair => new Total(pair.Key, pair.State)));
        web.MapGet("/words/{word}", async (string word, CancellationToken cancelled) =>
            (await totals.State<string, long>("totals").GetAsync(word, cancelled)).TryGetValue(out var total)
            ? Results.Ok(new Total(word, total))
            : Results.NotFound());

        await web.StartAsync();
        Console.Error.WriteLine($"Ask {web.Urls.First()}/words/be, or {web.Urls.First()}/words for the ten most frequent words. Ctrl+C stops.");
        var exitCode = await SampleRun.RunAsync(streaming, batches);
        await web.StopAsync();
        return exitCode;
    }

    private sealed record Summary(long Words, DateTimeOffset? AsOf);

    private sealed record Total(string Word, long Count);
}
