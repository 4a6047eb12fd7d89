using System.IO.Pipelines;
using CodegenStreaming.Batches;

namespace CodegenStreaming.Sources;

/// <summary>Records that a function of the user's makes of a socket's bytes.</summary>
internal sealed class SocketRecordsInput<T>(SocketEndpoint endpoint, Func<PipeReader, CancellationToken, IAsyncEnumerable<T>> converter)
    : SocketInput<T>("SocketStream", endpoint)
{
    private const int ChunkLength = 64 * 1024;

    private RowCollector<T>? _collector;

    protected override BlockCollector<T> CreateCollector(InputServices services) => _collector = new RowCollector<T>(services);

    protected override async Task ReadAsync(Stream stream)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ChunkLength, leaveOpen: true));
        try
        {
            using var pump = new RecordPump<T>(this, _collector!, Services.Pool);
            await pump.StoreAllAsync(converter(reader, Aborting), Aborting).ConfigureAwait(false);
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }
}
