using CodegenStreaming.Batches;

namespace CodegenStreaming.Sources;

/// <summary>Enumerates an asynchronous sequence. While there is no room the next element is not asked for.</summary>
internal sealed class AsyncEnumerableInput<T>(IAsyncEnumerable<T> records) : ReceiverInput<T>("AsyncEnumerableStream")
{
    private RowCollector<T>? _collector;

    public override string Name => "Async enumerable stream";

    protected override BlockCollector<T> CreateCollector(InputServices services) => _collector = new RowCollector<T>(services);

    protected override async Task ReceiveAsync()
    {
        using var pump = new RecordPump<T>(this, _collector!, Services.Pool);
        await pump.StoreAllAsync(records, Stopping).ConfigureAwait(false);
        Services.Logger.SourceEnded(LogName);
    }
}
