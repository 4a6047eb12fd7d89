using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>The stages that bring a chain's result to the driver. The route's node must be prepared.</summary>
internal static class Actions
{
    public static long Count<T>(EvaluationScope scope, StageEnd? end, Route<T> route) =>
        scope.RunStage(
            end, route.Node.PartitionCount(scope), route, static _ => new CountOutput<T>(), static (_, output) => ((CountOutput<T>)output).Count).Sum();

    public static bool Reduce<T>(EvaluationScope scope, StageEnd? end, Route<T> route, Func<T, T, T> function, out T? value)
    {
        var parts = scope.RunStage(
            end,
            route.Node.PartitionCount(scope),
            route,
            _ => new ReduceOutput<T>(function),
            static (_, output) => (ReduceOutput<T>)output);
        var values = parts.Where(part => part.HasValue).Select(part => part.Value!).ToArray();
        (var any, value) = values switch
        {
            [] => (false, default),
            [var only] => (true, only),
            // In a task, like every other call of the user's function: retried, and named when it fails.
            _ => (true, scope.Engine.Tasks.Run(scope, end ?? route.Node, 1, _ => values.Aggregate(function), static _ => { })[0]),
        };
        return any;
    }

    /// <summary>All records, in the order of the partitions, in blocks that the caller releases.</summary>
    public static Block<T>[] Collect<T>(EvaluationScope scope, StageEnd? end, Route<T> route) =>
        scope.RunStage(
            end,
            route.Node.PartitionCount(scope),
            route,
            static task => task.NewBlock<T>(),
            static (_, output) => (Block<T>)((BlockOutput<T>)output).ToBlock());

    /// <summary>One partition's records, in a block that the caller releases.</summary>
    public static Block<T> CollectPartition<T>(EvaluationScope scope, StageEnd? end, Route<T> route, int partition) =>
        scope.RunStage(
            end,
            1,
            route,
            static task => task.NewBlock<T>(),
            static (_, output) => (Block<T>)((BlockOutput<T>)output).ToBlock(),
            partition)[0];

    /// <summary>The first records: partition after partition, and no more of one than is needed.</summary>
    public static List<T> Take<T>(EvaluationScope scope, StageEnd? end, Route<T> route, int count)
    {
        var taken = new List<T>();
        var partitions = route.Node.PartitionCount(scope);
        for (var partition = 0; partition < partitions && taken.Count < count; partition++)
        {
            var missing = count - taken.Count;
            var parts = scope.RunStage(
                end,
                1,
                route,
                _ => new TakeOutput<T>(missing),
                static (_, output) => ((TakeOutput<T>)output).Records,
                partition);
            taken.AddRange(parts[0]);
        }

        return taken;
    }

    public static void ForEach<T>(EvaluationScope scope, StageEnd? end, Route<T> route, Action<T> action) =>
        scope.RunStage(
            end, route.Node.PartitionCount(scope), route, _ => new ActionOutput<T>(action), static (_, _) => true);

    public static void ForEachPartition<T>(EvaluationScope scope, StageEnd? end, Route<T> route, Action<IEnumerable<T>> action) =>
        scope.Engine.Tasks.Run(
            scope,
            end ?? route.Node,
            route.Node.PartitionCount(scope),
            task =>
            {
                action(route.Read(task, task.Partition));
                return true;
            },
            route.ReadThrough);
}
