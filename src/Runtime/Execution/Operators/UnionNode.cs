using System.Diagnostics.CodeAnalysis;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>The partitions of its parents one after another; it moves no record.</summary>
internal sealed class UnionNode<T>(IReadOnlyList<DatasetNode<T>> parents) : DatasetNode<T>("Union", parents)
{
    public override IEnumerable<T> Compute(TaskScope task, int partition)
    {
        var (parent, local) = Locate(task.Scope, partition);
        return parent.Read(task, local);
    }

    public override bool TryGetBlock(TaskScope task, int partition, [NotNullWhen(true)] out Block<T>? block)
    {
        if (IsKeptIn(task.Scope))
        {
            return base.TryGetBlock(task, partition, out block);
        }

        var (parent, local) = Locate(task.Scope, partition);
        return parent.TryGetBlock(task, local, out block);
    }

    public override bool TryOpenBlocks(TaskScope task, int partition, bool keepsText, [NotNullWhen(true)] out IEnumerable<Block<T>>? blocks)
    {
        if (IsKeptIn(task.Scope))
        {
            return base.TryOpenBlocks(task, partition, keepsText, out blocks);
        }

        var (parent, local) = Locate(task.Scope, partition);
        return parent.TryOpenBlocks(task, local, keepsText, out blocks);
    }

    public override bool HasNoRecords(EvaluationScope scope, int partition)
    {
        if (IsKeptIn(scope))
        {
            return base.HasNoRecords(scope, partition);
        }

        var (parent, local) = Locate(scope, partition);
        return parent.HasNoRecords(scope, local);
    }

    public override void Push(TaskScope task, int partition, RecordOutput<T> output)
    {
        if (IsKeptIn(task.Scope))
        {
            base.Push(task, partition, output);
            return;
        }

        var (parent, local) = Locate(task.Scope, partition);
        parent.Push(task, local, output);
    }

    protected override int ComputedPartitionCount(EvaluationScope scope)
    {
        var count = 0;
        for (var index = 0; index < parents.Count; index++)
        {
            count += parents[index].PartitionCount(scope);
        }

        return count;
    }

    private (DatasetNode<T> Parent, int Partition) Locate(EvaluationScope scope, int partition)
    {
        for (var index = 0; index < parents.Count; index++)
        {
            var parent = parents[index];
            var count = parent.PartitionCount(scope);
            if (partition < count)
            {
                return (parent, partition);
            }

            partition -= count;
        }

        throw new ArgumentOutOfRangeException(nameof(partition));
    }
}
