using CodegenStreaming.Memory;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Batches;

/// <summary>What an input needs of its context.</summary>
internal sealed record InputServices(
    TimeProvider Time,
    ILogger Logger,
    BlockPool Pool,
    PendingMemory Memory,
    TimeSpan BatchInterval,
    TimeSpan BlockInterval);
