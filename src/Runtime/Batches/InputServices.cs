using CodegenStreaming.Memory;
using CodegenStreaming.Observability;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Batches;

/// <summary>What an input needs of its context.</summary>
internal sealed record InputServices(
    TimeProvider Time,
    ILogger Logger,
    BlockPool Pool,
    PendingMemory Memory,
    TimeSpan BatchInterval,
    TimeSpan BlockInterval)
{
    /// <summary>Where the input reports that its receiver started, failed, stopped.</summary>
    public IReceiverEvents Receivers { get; init; } = new NoReceiverEvents();

    private sealed class NoReceiverEvents : IReceiverEvents
    {
        public void ReceiverStarted(ReceiverInfo receiver)
        {
        }

        public void ReceiverError(ReceiverInfo receiver)
        {
        }

        public void ReceiverStopped(ReceiverInfo receiver)
        {
        }
    }
}
