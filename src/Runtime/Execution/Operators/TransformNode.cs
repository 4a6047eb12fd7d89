using System.Diagnostics.CodeAnalysis;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>Stands, in each batch, for the data set that a user's function returns there.</summary>
internal sealed class TransformNode<T>(IReadOnlyList<DatasetNode> parents, Func<EvaluationScope, DatasetNode<T>?> function, Delegate userFunction)
    : DatasetNode<T>("Transform", parents, userFunction)
{
    public override object? PartitionerOf(EvaluationScope scope) => Target(scope).PartitionerOf(scope);

    public override IReadOnlyList<DatasetNode> ComputedFrom(EvaluationScope scope) => [Target(scope)];

    public override IEnumerable<T> Compute(TaskScope task, int partition) => Target(task.Scope).Read(task, partition);

    public override bool TryGetBlock(TaskScope task, int partition, [NotNullWhen(true)] out Block<T>? block) =>
        IsKeptIn(task.Scope) ? base.TryGetBlock(task, partition, out block) : Target(task.Scope).TryGetBlock(task, partition, out block);

    public override bool HasNoRecords(EvaluationScope scope, int partition) =>
        IsKeptIn(scope) ? base.HasNoRecords(scope, partition) : Target(scope).HasNoRecords(scope, partition);

    public override void Push(TaskScope task, int partition, RecordOutput<T> output)
    {
        if (IsKeptIn(task.Scope))
        {
            base.Push(task, partition, output);
        }
        else
        {
            Target(task.Scope).Push(task, partition, output);
        }
    }

    public override void PrepareParents(EvaluationScope scope) => Target(scope).Prepare(scope);

    public override IReadOnlyList<DatasetNode> LineageOf(EvaluationScope scope) => [Target(scope)];

    protected override int ComputedPartitionCount(EvaluationScope scope) => Target(scope).PartitionCount(scope);

    private DatasetNode<T> Target(EvaluationScope scope) =>
        scope.GetOrAdd(this, () => function(scope)
            ?? throw new StreamingException($"The function given to {Describe()} returned null. Return an empty data set instead."));
}
