namespace CodegenStreaming.Samples;

/// <summary>Which campaign an advertisement belongs to: a file of lines 'ad,campaign', which is read again when it has changed.</summary>
[StreamingOperators]
public sealed partial class CampaignTable(EngineContext engine, string path)
{
    private BatchTime _batch;
    private DateTime _written;
    private Rdd<(string Ad, string Campaign)>? _campaigns;

    /// <summary>The table for a batch: the same data set, however often the batch asks.</summary>
    public Rdd<(string Ad, string Campaign)> Of(BatchTime batch)
    {
        if (batch != _batch || _campaigns is null)
        {
            _batch = batch;
            ReadIfChanged();
        }

        return _campaigns!;
    }

    private void ReadIfChanged()
    {
        var written = File.GetLastWriteTimeUtc(path);
        if (written == _written && _campaigns is not null)
        {
            return;
        }

        _written = written;
        _campaigns?.Unpersist();
        _campaigns = engine.TextFile(path).Map(line => line.Split(',')).Map(fields => (fields[0], fields[1])).Persist();

        // The first action reads the file; from then on the table is in memory.
        Console.Error.WriteLine($"Campaigns: {string.Join(", ", _campaigns.Map(entry => $"{entry.Ad} in {entry.Campaign}").Collect())}.");
    }
}
