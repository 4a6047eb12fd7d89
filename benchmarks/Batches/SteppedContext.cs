namespace CodegenStreaming.Benchmarks.Batches;

/// <summary>
/// A whole context under a clock that is advanced batch by batch: batch clock, allocation, jobs, outputs, events, everything that a running service has.
/// </summary>
internal sealed class SteppedContext : IDisposable
{
    private readonly SteppedTime _time = new();
    private readonly StreamingContext _context;
    private readonly TimeSpan _interval;

    public SteppedContext(IStreamingPipeline pipeline, int threads)
    {
        var options = new StreamingOptions { Master = $"local[{threads}]", AllowUnsavedState = true };
        _interval = options.BatchInterval;
        _context = new StreamingContext(options, _time, output: TextWriter.Null);
        _context.Add(pipeline);
        _context.Start();
    }

    /// <summary>Makes a batch, and returns when it is done and has given back what it used.</summary>
    public void RunBatch()
    {
        _time.Advance(_interval);
        var ledger = _context.Run!.Ledger;
        var spinner = default(SpinWait);
        while (ledger.ActiveCount > 0)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }
    }

    public void Dispose() => _context.Stop();
}
