using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution.Storage;
using CodegenStreaming.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodegenStreaming.Execution;

/// <summary>What tasks and plans need of the engine.</summary>
internal sealed class EngineServices(
    TaskRunner tasks,
    BlockPool pool,
    Planner planner,
    int defaultParallelism,
    BlockStore? store = null,
    CodecRegistry? codecs = null,
    TimeProvider? time = null,
    AggregationMemory? aggregations = null,
    CheckpointFolders? checkpoints = null)
{
    public TaskRunner Tasks => tasks;

    public BlockPool Pool => pool;

    /// <summary>Where persisted data sets lie.</summary>
    public BlockStore Store { get; } = store ?? new BlockStore(long.MaxValue, null, pool, NullLogger.Instance);

    /// <summary>What aggregations may hold in memory.</summary>
    public AggregationMemory Aggregations { get; } =
        aggregations ?? new AggregationMemory(long.MaxValue, 1, store ?? new BlockStore(long.MaxValue, null, pool, NullLogger.Instance));

    public Planner Planner => planner;

    /// <summary>Sees each attempt at a task before its work and after it, for tests; what it throws fails the attempt.</summary>
    public Action<TaskScope, StageEnd, StageWork, bool>? TaskWatch { get; set; }

    /// <summary>What becomes of records of a pipeline at which functions throw; null where batches fail.</summary>
    public Func<IPipelineLoops?, PoisonPolicy>? PoisonPolicies { get; set; }

    /// <summary>Told of records that were left out.</summary>
    public Action<IReadOnlyList<PoisonRecord>>? ReportPoison { get; set; }

    public PoisonPolicy PoisonPolicyOf(IPipelineLoops? pipeline) => PoisonPolicies?.Invoke(pipeline) ?? PoisonPolicy.Fail;

    /// <summary>The partitions of an exchange whose operator names no number.</summary>
    public int DefaultParallelism => defaultParallelism;

    /// <summary>How records are written as bytes.</summary>
    public CodecRegistry Codecs { get; } = codecs ?? new CodecRegistry();

    /// <summary>Where data sets are saved that are cut off from what they are made of.</summary>
    public CheckpointFolders Checkpoints { get; } = checkpoints ?? new CheckpointFolders();

    /// <summary>The clock by which functions are timed out and called again.</summary>
    public TimeProvider Time { get; } = time ?? TimeProvider.System;
}
