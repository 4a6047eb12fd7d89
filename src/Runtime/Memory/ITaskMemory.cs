namespace CodegenStreaming.Memory;

/// <summary>Pooled memory that a task rents. The ends of a loop only refer to it, since a function that throws leaves them undefined.</summary>
internal interface ITaskMemory
{
    /// <summary>The task failed: what it holds goes to the collector, not to the pool.</summary>
    void Abandon();
}
