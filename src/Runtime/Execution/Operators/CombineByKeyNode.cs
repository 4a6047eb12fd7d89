using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// Combines the values of each key: on the map side within a partition, then, behind the exchange, the partitions' combinations in partition
/// order. Keys come out in the order of their first appearance.
/// </summary>
internal sealed class CombineByKeyNode<TKey, TValue, TCombined>(
    string operatorName,
    DatasetNode<(TKey, TValue)> parent,
    Func<TValue, TCombined> create,
    Func<TCombined, TValue, TCombined> add,
    Func<TCombined, TCombined, TCombined> merge,
    IPartitioner<TKey>? partitioner,
    int? partitions,
    params Delegate[] functions)
    : ExchangeNode<(TKey, TValue), (TKey, TCombined)>(operatorName, parent, functions)
{
    public override Materialized<(TKey, TCombined)> Evaluate(EvaluationScope scope)
    {
        Parent.Prepare(scope);
        var route = MapSide(scope.Planner);
        var targets = partitioner ?? new HashPartitioner<TKey>(partitions ?? scope.Engine.DefaultParallelism);
        var maps = scope.RunStage(this, Parent.PartitionCount(scope), route, _ => NewTable(), (task, output) => Split(task, output, targets));
        return new Materialized<(TKey, TCombined)>(scope.Engine.Tasks.Run(
            scope, this, targets.PartitionCount, task => Merge(task, route, maps), static _ => { }));
    }

    private CombineOutput<TKey, TValue, TCombined> NewTable() => new DelegateCombineOutput<TKey, TValue, TCombined>(create, add, merge);

    private static MapResult Split(TaskScope task, RecordOutput<(TKey, TValue)> output, IPartitioner<TKey> partitioner)
    {
        var table = (CombineOutput<TKey, TValue, TCombined>)output;
        var entries = new (TKey, TCombined)[table.Count];
        table.CopyTo(entries);
        if (partitioner.PartitionCount == 1)
        {
            return new MapResult(entries, null);
        }

        var targets = new int[entries.Length];
        for (var index = 0; index < entries.Length; index++)
        {
            targets[index] = partitioner.PartitionOf(entries[index].Item1);
        }

        return new MapResult(entries, targets);
    }

    private Block<(TKey, TCombined)> Merge(TaskScope task, Route<(TKey, TValue)> route, MapResult[] maps)
    {
        if (maps is [{ Targets: null } only])
        {
            return new ArrayBlock<(TKey, TCombined)>(only.Entries, only.Entries.Length, pool: null);
        }

        var table = (CombineOutput<TKey, TValue, TCombined>)(route.CreateOutput(task) ?? NewTable());
        foreach (var (entries, targets) in maps)
        {
            for (var index = 0; index < entries.Length; index++)
            {
                if (targets is null || targets[index] == task.Partition)
                {
                    table.MergeCombined(entries[index].Item1, entries[index].Item2);
                }
            }
        }

        var merged = new (TKey, TCombined)[table.Count];
        table.CopyTo(merged);
        return new ArrayBlock<(TKey, TCombined)>(merged, merged.Length, pool: null);
    }

    private sealed record MapResult((TKey, TCombined)[] Entries, int[]? Targets);
}
