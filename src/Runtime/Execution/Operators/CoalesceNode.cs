using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Execution.Operators;

/// <summary>Neighbouring partitions as one; it moves no record. Never more partitions than the parent has.</summary>
internal sealed class CoalesceNode<T>(DatasetNode<T> parent, int partitions) : DatasetNode<T>("Coalesce", [parent])
{
    public override IEnumerable<T> Compute(TaskScope task, int partition)
    {
        var (first, end) = Range(task.Scope, partition);
        for (var index = first; index < end; index++)
        {
            foreach (var record in parent.Read(task, index))
            {
                yield return record;
            }
        }
    }

    public override void Push(TaskScope task, int partition, RecordOutput<T> output)
    {
        if (IsKeptIn(task.Scope) || task.IsUnfused)
        {
            base.Push(task, partition, output);
            return;
        }

        var (first, end) = Range(task.Scope, partition);
        for (var index = first; index < end && !output.IsFull; index++)
        {
            parent.Push(task, index, output);
        }
    }

    protected override int DeclaredPartitionCount(EvaluationScope scope) => Math.Min(partitions, parent.PlannedPartitionCount(scope));

    protected override int ComputedPartitionCount(EvaluationScope scope) => Math.Min(partitions, parent.PartitionCount(scope));

    private (int First, int End) Range(EvaluationScope scope, int partition)
    {
        var (count, own) = ((long)parent.PartitionCount(scope), ComputedPartitionCount(scope));
        return ((int)(count * partition / own), (int)(count * (partition + 1) / own));
    }
}
