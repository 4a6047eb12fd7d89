using System.Threading.Channels;
using CodegenStreaming.Batches;

namespace CodegenStreaming.Sources;

/// <summary>Reads a channel. While there is no room it is not read, so that a bounded channel holds its writers up.</summary>
internal sealed class ChannelInput<T>(ChannelReader<T> reader) : ReceiverInput<T>("ChannelStream")
{
    private RowCollector<T>? _collector;

    public override string Name => "Channel stream";

    protected override BlockCollector<T> CreateCollector(InputServices services) => _collector = new RowCollector<T>(services);

    protected override async Task ReceiveAsync()
    {
        using var pump = new RecordPump<T>(this, _collector!, Services.Pool);
        try
        {
            while (await reader.WaitToReadAsync(Stopping).ConfigureAwait(false))
            {
                await StoreAsync(pump, RecordLimit()).ConfigureAwait(false);
            }

            Services.Logger.SourceEnded(LogName);
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            // What was written before the stop has been received, even if it lies in the channel still.
            await StoreAsync(pump, RecordLimit()).ConfigureAwait(false);
        }
    }

    /// <summary>What the channel holds now; writers that go on must not keep the input from stopping.</summary>
    private int RecordLimit() => reader.CanCount ? reader.Count : int.MaxValue;

    private async Task StoreAsync(RecordPump<T> pump, int limit)
    {
        for (var taken = 0; taken < limit && !Aborting.IsCancellationRequested && reader.TryRead(out var record); taken++)
        {
            pump.Add(record);
            if (pump.IsFull)
            {
                await pump.FlushAsync().ConfigureAwait(false);
            }
        }

        await pump.FlushAsync().ConfigureAwait(false);
    }
}
