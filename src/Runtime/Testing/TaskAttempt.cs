using System.ComponentModel;
using CodegenStreaming.Execution;

namespace CodegenStreaming.Testing;

/// <summary>An attempt at a task of a batch.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TaskAttempt
{
    private readonly IReadOnlyList<StageEnd> _operators;

    internal TaskAttempt(TaskScope task, IReadOnlyList<StageEnd> operators)
    {
        (BatchTime, Partition, Attempt) = (task.Scope.Time!.Value, task.Partition, task.Attempt);
        _operators = operators;
    }

    /// <summary>The batch.</summary>
    public BatchTime BatchTime { get; }

    /// <summary>The partition, from zero.</summary>
    public int Partition { get; }

    /// <summary>The attempt, from one.</summary>
    public int Attempt { get; }

    /// <summary>The operators that the task computes, the last one first; what ends it is an operator, an output, or an action on a data set.</summary>
    public IReadOnlyList<(string OperatorName, string? Name)> Operators => [.. _operators.Select(end => (end.OperatorName, end.Name))];

    /// <summary>Makes the attempt fail, as if a function of an operator had thrown.</summary>
    /// <param name="index">The operator, by its position in <see cref="Operators"/>.</param>
    /// <param name="exception">What it throws.</param>
    public void Fail(int index, Exception exception) => throw new AttributedFailure(_operators[index], exception);
}
