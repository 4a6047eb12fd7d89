namespace CodegenStreaming.Samples;

/// <summary>Asks for the latest batches, again and again, while the pipeline works on the next ones.</summary>
internal sealed class Dashboard(LatestMinutes pipeline, TimeSpan interval) : IStreamingListener, IAsyncDisposable
{
    /// <summary>How many batches the columns stand for.</summary>
    private static readonly int[] Columns = [1, 10, 60];

    private readonly CancellationTokenSource _stopping = new();
    private Task _asking = Task.CompletedTask;

    /// <summary>How long batches must be remembered: a little longer than anybody asks back, as batches go while they are being read.</summary>
    public static TimeSpan Remembered(TimeSpan interval) => (Columns[^1] + 5) * interval;

    public void OnStreamingStarted(StreamingStarted started) => _asking = Task.Run(AskAsync);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _asking;
        _stopping.Dispose();
    }

    private async Task AskAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(interval);
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                Show();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The program is ending: the context forgets its batches when it stops.
        }
    }

    private void Show()
    {
        var now = new BatchTime(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var columns = Columns.Select(batches => pipeline.Between(now - ((batches - 1) * interval), now)).ToArray();
        if (columns[^1].Count == 0)
        {
            return;
        }

        var lines = columns[^1].Keys.Select(page => Line(page, columns.Select(column => $"{column.GetValueOrDefault(page)}")));
        Console.WriteLine(string.Join('\n', lines.Prepend(Line("requests in", Columns.Select(batches => $"{(batches * interval).TotalSeconds} s"))).Append("")));
    }

    private static string Line(string name, IEnumerable<string> columns) => $"{name,-12}{string.Concat(columns.Select(column => $"{column,8}"))}";
}
