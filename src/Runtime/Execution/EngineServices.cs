using CodegenStreaming.Execution.Storage;
using CodegenStreaming.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodegenStreaming.Execution;

/// <summary>What tasks and plans need of the engine.</summary>
internal sealed class EngineServices(TaskRunner tasks, BlockPool pool, Planner planner, int defaultParallelism, BlockStore? store = null)
{
    public TaskRunner Tasks => tasks;

    public BlockPool Pool => pool;

    /// <summary>Where persisted data sets lie.</summary>
    public BlockStore Store { get; } = store ?? new BlockStore(long.MaxValue, null, pool, NullLogger.Instance);

    public Planner Planner => planner;

    /// <summary>The partitions of an exchange whose operator names no number.</summary>
    public int DefaultParallelism => defaultParallelism;
}
