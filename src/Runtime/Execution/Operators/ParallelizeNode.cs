using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>A leaf over records of the user's, cut into partitions of nearly equal length.</summary>
internal sealed class ParallelizeNode<T>(T[] records, int partitions) : DatasetNode<T>("Parallelize", [])
{
    public override bool IsMaterialized => true;

    public override IEnumerable<T> Compute(TaskScope task, int partition) => ReadMaterialized(task, partition).Read();

    public override Materialized<T> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        var blocks = new Block<T>[partitions];
        for (var index = 0; index < partitions; index++)
        {
            var start = (int)((long)records.Length * index / partitions);
            var end = (int)((long)records.Length * (index + 1) / partitions);
            blocks[index] = new ArrayBlock<T>(records[start..end], end - start, pool: null);
        }

        return new Materialized<T>(blocks);
    }

    protected override int DeclaredPartitionCount(EvaluationScope scope) => partitions;

    protected override int ComputedPartitionCount(EvaluationScope scope) => partitions;
}
