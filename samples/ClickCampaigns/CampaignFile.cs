namespace CodegenStreaming.Samples;

/// <summary>A table of campaigns of the program's own, which somebody keeps changing.</summary>
internal sealed class CampaignFile : IDisposable
{
    private static readonly string[] Tables = ["banner,spring\nvideo,spring\ntext,summer\n", "banner,spring\nvideo,summer\ntext,autumn\n"];

    private readonly string _folder = Directory.CreateTempSubdirectory("click-campaigns-").FullName;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _changing;

    public CampaignFile(TimeSpan changedEvery)
    {
        Replace(Tables[0]);
        _changing = ChangeAsync(changedEvery);
    }

    public string Path => System.IO.Path.Combine(_folder, "campaigns.csv");

    public void Dispose()
    {
        _stopping.Cancel();
        _changing.Wait();
        _stopping.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ChangeAsync(TimeSpan every)
    {
        try
        {
            using var timer = new PeriodicTimer(every);
            for (var next = 1; await timer.WaitForNextTickAsync(_stopping.Token); next++)
            {
                Replace(Tables[next % Tables.Length]);
            }
        }
        catch (OperationCanceledException)
        {
            // The program is ending.
        }
    }

    /// <summary>In one step, so that a reader sees the old table or the new one.</summary>
    private void Replace(string table)
    {
        var unfinished = System.IO.Path.Combine(_folder, "unfinished");
        File.WriteAllText(unfinished, table);
        File.Move(unfinished, Path, overwrite: true);
    }
}
