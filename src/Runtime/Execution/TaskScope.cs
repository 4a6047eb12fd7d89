namespace CodegenStreaming.Execution;

/// <summary>One attempt at one task: a stage on one partition. Used by the task's thread only.</summary>
internal sealed class TaskScope(EvaluationScope scope, int partition, int attempt, bool isUnfused, bool isAttributing, CancellationToken cancellation)
{
    public EvaluationScope Scope => scope;

    public int Partition => partition;

    public int Attempt => attempt;

    /// <summary>True when the operators run one by one through their delegates.</summary>
    public bool IsUnfused => isUnfused;

    /// <summary>True when a failed task is run again to find the operator that threw.</summary>
    public bool IsAttributing => isAttributing;

    public CancellationToken Cancellation => cancellation;
}
