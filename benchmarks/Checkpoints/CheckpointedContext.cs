using System.Diagnostics;
using CodegenStreaming.Benchmarks.Batches;

namespace CodegenStreaming.Benchmarks.Checkpoints;

/// <summary>A context with a state of many keys, advanced batch by batch.</summary>
internal sealed class CheckpointedContext : IAsyncDisposable
{
    private readonly SteppedTime _time = new();
    private readonly StreamingContext _streaming;
    private readonly KeyedSums _program;
    private readonly int _changed;

    /// <param name="directory">Where checkpoints are; null for none.</param>
    /// <param name="keys">How many keys the state has.</param>
    /// <param name="changed">How many of them a batch changes.</param>
    /// <param name="every">A checkpoint is made after each so many-th batch.</param>
    public CheckpointedContext(string? directory, int keys, int changed, int every)
    {
        _changed = changed;
        var step = keys / Math.Max(1, changed);
        int[] records = [.. Enumerable.Range(0, changed).Select(number => number * step)];
        _program = new KeyedSums(BlocksInput<int>.Of(records, 2), keys);
        var interval = TimeSpan.FromSeconds(1);
        _streaming = new StreamingContext(
            new StreamingOptions
            {
                Master = "local[2]",
                BatchInterval = interval,
                CheckpointDirectory = directory,
                CheckpointInterval = interval * every,
                AllowUnsavedState = true,
            },
            _time,
            output: TextWriter.Null);
        _streaming.Add(_program);
        _streaming.Start();
    }

    /// <summary>Runs a batch; returns the milliseconds until it was done.</summary>
    public async Task<double> RunBatchAsync()
    {
        var start = Stopwatch.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(1));
        await _streaming.Run!.Ledger.WaitUntilIdleAsync();
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return _program.Mapped == _changed ? elapsed : throw new InvalidOperationException($"{_program.Mapped} records came out, not {_changed}.");
    }

    /// <summary>Waits until the checkpoint of the last batch is written.</summary>
    public Task WaitUntilWrittenAsync() => _streaming.Run!.Checkpoints!.WaitUntilWrittenAsync();

    public ValueTask DisposeAsync() => _streaming.DisposeAsync();
}
