using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>Each record once, in the order of first appearance; within a partition first, so that little is exchanged.</summary>
internal sealed class DistinctNode<T>(DatasetNode<T> parent, int? partitions) : ExchangeNode<T, T>("Distinct", parent)
{
    public override Materialized<T> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        Parent.Prepare(scope);
        var targets = new HashPartitioner<T>(partitions ?? scope.Engine.DefaultParallelism);
        return Parent.PartitionCount(scope) == 0 ? OfNothing(targets.PartitionCount) : Evaluate(scope, targets, wanted);
    }

    protected override int DeclaredPartitionCount(EvaluationScope scope) => partitions ?? scope.Engine.DefaultParallelism;

    private Materialized<T> Evaluate(EvaluationScope scope, HashPartitioner<T> targets, int[]? wanted)
    {
        var route = MapSide(scope.Planner);
        var maps = scope.RunStage(
            this, Parent.PartitionCount(scope), route, static _ => new SetOutput(), (task, output) => MapResultOf(task, ((SetOutput)output).Records, targets));
        try
        {
            return new(scope.RunTargets(this, targets.PartitionCount, wanted, maps, static (task, maps) => Merge(task, maps), static (_, _) => { }));
        }
        finally
        {
            Exchange.Release(maps);
        }
    }

    private static MapResult<T> MapResultOf(TaskScope task, KeyTable<T> records, HashPartitioner<T> targets)
    {
        var block = task.NewBlock<T>(records.Count);
        records.Keys.CopyTo(block.Room);
        if (targets.PartitionCount == 1)
        {
            return new MapResult<T>(block, null);
        }

        var partitionOf = task.NewBlock<int>(records.Count);
        for (var index = 0; index < records.Count; index++)
        {
            partitionOf.Room[index] = targets.PartitionOf(records.Keys[index]);
        }

        return new MapResult<T>(block, partitionOf);
    }

    private static ArrayBlock<T> Merge(TaskScope task, MapResult<T>[] maps)
    {
        var records = new KeyTable<T>();
        foreach (var record in Exchange.ReadPartition(maps, task.Partition))
        {
            records.Add(record);
        }

        var block = task.NewBlock<T>(records.Count);
        records.Keys.CopyTo(block.Room);
        return block;
    }

    private sealed class SetOutput : RecordOutput<T>
    {
        public KeyTable<T> Records { get; } = new();

        public override void Write(T record) => Records.Add(record);
    }
}
