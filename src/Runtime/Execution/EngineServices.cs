using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>What tasks and plans need of the engine.</summary>
internal sealed class EngineServices(TaskRunner tasks, BlockPool pool, Planner planner, int defaultParallelism, TimeProvider? time = null)
{
    public TaskRunner Tasks => tasks;

    public BlockPool Pool => pool;

    public Planner Planner => planner;

    /// <summary>The partitions of an exchange whose operator names no number.</summary>
    public int DefaultParallelism => defaultParallelism;

    /// <summary>The clock by which functions are timed out and called again.</summary>
    public TimeProvider Time { get; } = time ?? TimeProvider.System;
}
