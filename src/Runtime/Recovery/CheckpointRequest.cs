using CodegenStreaming.Batches;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.Execution;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Recovery;

/// <summary>What a context wants of its checkpoints.</summary>
/// <param name="Store">Where they are.</param>
/// <param name="Restores">Whether to go on from one that is there.</param>
/// <param name="Every">A checkpoint of states is made after each so many-th batch.</param>
/// <param name="Graph">The streams.</param>
/// <param name="Options">The settings.</param>
/// <param name="Services">The engine's.</param>
/// <param name="NameOf">The name of a node's pipeline; empty outside pipelines.</param>
/// <param name="IsInstance">Whether a node's pipeline was added by a name of its own.</param>
/// <param name="IsActive">Whether a context of this process runs.</param>
/// <param name="IsRemembering">Whether data sets are remembered.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Where to log.</param>
internal sealed record CheckpointRequest(
    ICheckpointStore Store,
    bool Restores,
    int Every,
    StreamGraph Graph,
    StreamingOptions Options,
    EngineServices Services,
    Func<DatasetNode, string> NameOf,
    Func<DatasetNode, bool> IsInstance,
    Predicate<Guid> IsActive,
    bool IsRemembering,
    TimeProvider Time,
    ILogger Logger);
