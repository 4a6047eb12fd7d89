using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CodegenStreaming.Conformance;

/// <summary>
/// A context under virtual time, driven in steps: give records, advance to the next batch, check. A step returns when the batch is done and its
/// listeners have been told, so nothing has to be waited for in between.
/// </summary>
internal sealed class VirtualStream : IAsyncDisposable
{
    public static readonly DateTimeOffset Epoch = DateTimeOffset.FromUnixTimeMilliseconds(1_000_000_000_000);

    private readonly StringWriter _printed = new();

    public VirtualStream(Action<StreamingOptions>? configure = null, ILoggerFactory? loggerFactory = null, EngineContext? engine = null)
    {
        var options = new StreamingOptions { AppName = "test", Master = "local[2]" };
        configure?.Invoke(options);
        Streaming = engine is null
            ? new StreamingContext(options, Time, loggerFactory, _printed)
            : new StreamingContext(engine, options, Time, loggerFactory, _printed);
    }

    public FakeTimeProvider Time { get; } = new(Epoch);

    public StreamingContext Streaming { get; }

    public string Printed => _printed.ToString();

    /// <summary>The time of the n-th batch, from one.</summary>
    public BatchTime BatchTimeOf(int number) => new BatchTime(Epoch.ToUnixTimeMilliseconds()) + (Streaming.Options.BatchInterval * number);

    /// <summary>Advances by one batch interval and waits until the batch is done.</summary>
    public async Task<BatchTime> AdvanceAsync()
    {
        Time.Advance(Streaming.Options.BatchInterval);
        var run = Streaming.Run!;
        var made = run.Ledger.LastMade;
        await run.Ledger.WaitForAsync(made);
        await run.FlushListenersAsync();
        return made;
    }

    public async Task AdvanceAsync(int batches)
    {
        for (var batch = 0; batch < batches; batch++)
        {
            await AdvanceAsync();
        }
    }

    /// <summary>Stops gracefully; makes the batches that the stop asks for.</summary>
    public async Task StopGracefullyAsync()
    {
        var stopping = Streaming.StopAsync(graceful: true);
        while (await Task.WhenAny(stopping, Streaming.Run!.Drain.WaitsForClockAsync()) != stopping)
        {
            Streaming.Run.Drain.TakeRequest();
            await AdvanceAsync();
        }

        await stopping;
    }

    public async ValueTask DisposeAsync() => await Streaming.DisposeAsync();
}
