using CodegenStreaming.Batches;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Lines of text from a socket; what kind of record a line becomes is the buffer's matter.</summary>
internal sealed class SocketLinesInput<T>(string operatorName, SocketEndpoint endpoint, Func<BlockPool, LineBuffer<T>> createBuffer)
    : SocketInput<T>(operatorName, endpoint)
{
    private const int ChunkLength = 64 * 1024;

    private LineCollector<T>? _collector;
    private OncePerMinute? _lengthWarning;

    protected override BlockCollector<T> CreateCollector(InputServices services)
    {
        _lengthWarning = new OncePerMinute(services.Time);
        return _collector = new LineCollector<T>(services, createBuffer(services.Pool));
    }

    protected override async Task ReadAsync(Stream stream)
    {
        var chunk = Services.Pool.Rent<byte>(ChunkLength);
        using var lines = new LineSplitter(Endpoint.MaximumLength, Services.Pool);
        try
        {
            while (await stream.ReadAsync(chunk, Aborting).ConfigureAwait(false) is > 0 and var read)
            {
                await StoreAsync(chunk.AsMemory(0, read), lines).ConfigureAwait(false);
            }

            Complete(lines);
        }
        finally
        {
            Services.Pool.Return(chunk, 0);
        }
    }

    private async ValueTask StoreAsync(ReadOnlyMemory<byte> chunk, LineSplitter lines)
    {
        var skipped = lines.SkippedLines;
        var reserved = await ReserveAsync(_collector!.Measure(chunk.Span)).ConfigureAwait(false);
        _collector.Append(chunk.Span, lines, reserved);
        WarnOfSkipped(lines, skipped);
    }

    private void Complete(LineSplitter lines)
    {
        if (!Stopping.IsCancellationRequested)
        {
            var skipped = lines.SkippedLines;
            _collector!.Complete(lines);
            WarnOfSkipped(lines, skipped);
        }
        else if (lines.IncompleteLength > 0)
        {
            // The stop cut the stream, not the server: half a line is no record.
            Services.Logger.IncompleteLineDropped(LogName, lines.IncompleteLength);
        }
    }

    private void WarnOfSkipped(LineSplitter lines, long before)
    {
        if (lines.SkippedLines > before && _lengthWarning!.IsDue())
        {
            Services.Logger.LineTooLong(LogName, Endpoint.MaximumLength, lines.SkippedLines);
            ReportError($"{lines.SkippedLines} line(s) longer than {Endpoint.MaximumLength} bytes were skipped", null);
        }
    }
}
