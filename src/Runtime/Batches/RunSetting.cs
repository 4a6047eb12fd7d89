using CodegenStreaming.Execution;
using CodegenStreaming.Recovery;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Batches;

/// <summary>What a run is made of.</summary>
internal sealed record RunSetting(
    StreamGraph Graph,
    StreamingOptions Options,
    EngineContext Engine,
    EngineServices Services,
    TimeProvider Time,
    ILogger Logger,
    IReadOnlyCollection<IStreamingListener> Listeners,
    TimeSpan Remembered,
    CheckpointPlan? Checkpoints);
