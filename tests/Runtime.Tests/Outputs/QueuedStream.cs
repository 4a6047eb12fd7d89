using CodegenStreaming.Batches;
using Microsoft.Extensions.Time.Testing;

namespace CodegenStreaming.Tests.Outputs;

/// <summary>A context in virtual time whose batches a test enqueues.</summary>
internal sealed class QueuedStream<T> : IAsyncDisposable
{
    private readonly StringWriter _printed = new() { NewLine = "\n" };
    private readonly Queue<T[]> _queue = new();

    public QueuedStream(int parallelism = 2, int concurrentJobs = 1)
    {
        Context = new StreamingContext(new StreamingOptions { Master = $"local[{parallelism}]", ConcurrentJobs = concurrentJobs, AllowUnsavedState = true }, Time, output: _printed);
        Stream = Context.QueueStream(_queue);
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));

    public StreamingContext Context { get; }

    public DStream<T> Stream { get; }

    public string Printed => _printed.ToString().ReplaceLineEndings("\n");

    /// <summary>Lets a batch begin.</summary>
    public void Begin(params T[] records)
    {
        lock (_queue)
        {
            _queue.Enqueue(records);
        }

        Time.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>Runs a batch.</summary>
    public async Task<BatchTime> RunAsync(params T[] records)
    {
        Begin(records);
        var ledger = Context.Run!.Ledger;
        var time = ledger.LastMade;
        await ledger.WaitForAsync(time);
        return time;
    }

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        Assert.Equal(0, Context.Engine.Pool.Outstanding);
    }
}
