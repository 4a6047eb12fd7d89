namespace CodegenStreaming.Samples;

/// <summary>How likely a sender's messages are spam, as far as is known: a data set that belongs to no batch, and is replaced now and then.</summary>
public sealed class Reputation(EngineContext engine, TimeSpan changedEvery)
{
    private static readonly (string Sender, double Spam)[] Known = [("ada", 0.01), ("lottery", 0.97), ("pills", 0.99)];

    private BatchTime? _batch;
    private BatchTime _changed;
    private int _known;
    private Rdd<(string Sender, double Spam)>? _scores;

    /// <summary>What is known in a batch: the same data set, however often the batch asks.</summary>
    public Rdd<(string Sender, double Spam)> At(BatchTime batch)
    {
        if (_scores is null || (batch != _batch && batch - _changed >= changedEvery && _known < Known.Length))
        {
            // A program would read a file or ask a database here; this one learns of one more sender each time.
            _changed = batch;
            _scores?.Unpersist();
            _scores = engine.Parallelize(Known.Take(++_known)).Persist();
            Console.Error.WriteLine($"Known at {batch}: {string.Join(", ", _scores.Collect())}.");
        }

        _batch = batch;
        return _scores;
    }
}
