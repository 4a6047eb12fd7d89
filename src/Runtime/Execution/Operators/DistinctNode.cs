using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// Each record once, in the order of first appearance; within a partition first, so that little is exchanged. The records are the keys of pairs whose
/// values say nothing, so that they go through the tables of every combination by key.
/// </summary>
/// <param name="parent">The records, as such pairs.</param>
/// <param name="partitions">The number of partitions of the result; the default parallelism when null.</param>
internal sealed class DistinctNode<T>(DatasetNode<(T, byte)> parent, int? partitions) : ExchangeNode<(T, byte), T>("Distinct", parent)
{
    private KeyCombination<T, byte, byte>? _keys;

    public override Materialized<T> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        Parent.Prepare(scope);
        var targets = new HashPartitioner<T>(partitions ?? scope.Engine.DefaultParallelism);
        return Parent.PartitionCount(scope) == 0 ? OfNothing(targets.PartitionCount) : Evaluate(scope, targets, wanted);
    }

    protected override int DeclaredPartitionCount(EvaluationScope scope) => partitions ?? scope.Engine.DefaultParallelism;

    private KeyCombination<T, byte, byte> Keys => _keys ??= new(this, static value => value, static (first, _) => first, static (first, _) => first);

    private Materialized<T> Evaluate(EvaluationScope scope, HashPartitioner<T> targets, int[]? wanted)
    {
        var route = MapSide(scope.Planner);
        var maps = scope.Engine.Tasks.Run(
            scope,
            this,
            Parent.PartitionCount(scope),
            (Keys, route, targets),
            static (task, map) => map.Keys.Combine(task, map.route, map.targets, map.targets.PartitionCount),
            static (task, map) => map.Keys.Combine(task, map.route, map.targets, map.targets.PartitionCount),
            route);
        try
        {
            return new(scope.RunTargets(
                this, targets.PartitionCount, wanted, (Keys, route, maps), static (task, merge) => Merge(task, merge.Keys, merge.route, merge.maps), static (_, _) => { }));
        }
        finally
        {
            Exchange.Release(maps);
        }
    }

    private static Block<T> Merge(TaskScope task, KeyCombination<T, byte, byte> keys, Route<(T, byte)> route, MapResult<(T, byte)>[] maps)
    {
        if (maps is [{ Targets: null, Spilled: null } only])
        {
            return KeysOf(task, only.Block.Records);
        }

        var merged = keys.Merge(task, route, maps);
        var records = KeysOf(task, merged.Records);
        merged.Release();
        return records;
    }

    private static ArrayBlock<T> KeysOf(TaskScope task, ReadOnlySpan<(T, byte)> pairs)
    {
        var block = task.NewBlock<T>(pairs.Length);
        var room = block.Room;
        for (var index = 0; index < room.Length; index++)
        {
            room[index] = pairs[index].Item1;
        }

        return block;
    }
}
