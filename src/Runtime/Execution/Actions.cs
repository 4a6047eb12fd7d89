using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>The stages that bring a chain's result to the driver. The route's node must be prepared.</summary>
internal static class Actions
{
    public static long Count<T>(EvaluationScope scope, StageEnd? end, Route<T> route)
    {
        scope.Engine.Tasks.CheckDriver(scope);
        if (route.HasNoRecords(scope))
        {
            return 0;
        }

        var parts = scope.RunStage(
            end, route.Node.PartitionCount(scope), route, static _ => new CountOutput<T>(), static (_, output) => ((CountOutput<T>)output).Count);
        var sum = 0L;
        foreach (var part in parts)
        {
            sum += part;
        }

        return sum;
    }

    public static bool Reduce<T>(EvaluationScope scope, StageEnd? end, Route<T> route, Func<T, T, T> function, out T? value)
    {
        scope.Engine.Tasks.CheckDriver(scope);
        value = default;
        return !route.HasNoRecords(scope) && Reduce(scope, end ?? route.Node, route.Node.PartitionCount(scope), route, function, out value);
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

    /// <summary>The first records: partition after partition, and no more of one than is needed. What lies in memory is read without a task.</summary>
    public static void Take<T>(EvaluationScope scope, StageEnd? end, Route<T> route, int count, List<T> taken)
    {
        scope.Engine.Tasks.CheckDriver(scope);
        var partitions = route.Node.PartitionCount(scope);
        for (var partition = 0; partition < partitions && taken.Count < count; partition++)
        {
            if (route.HasNoRecords(scope, partition))
            {
                continue;
            }

            if (route.IsInMemory)
            {
                TakeFrom(scope.Materialize(route.Node).Read(scope, route.Node, partition), count, taken);
            }
            else
            {
                taken.AddRange(TakeComputed(scope, end, route, count - taken.Count, partition));
            }
        }
    }

    public static void ForEach<T>(EvaluationScope scope, StageEnd? end, Route<T> route, Action<T> action)
    {
        scope.Engine.Tasks.CheckDriver(scope);
        if (!route.HasNoRecords(scope))
        {
            ForEach(scope, end, route.Node.PartitionCount(scope), route, action);
        }
    }

    public static void ForEachPartition<T>(EvaluationScope scope, StageEnd? end, Route<T> route, Action<IEnumerable<T>, TaskScope> action) =>
        scope.Engine.Tasks.Run(
            scope,
            end ?? route.Node,
            route.Node.PartitionCount(scope),
            task =>
            {
                action(route.Read(task, task.Partition), task);
                return true;
            },
            route.ReadThrough,
            chain: route);

    private static bool Reduce<T>(EvaluationScope scope, StageEnd end, int partitions, Route<T> route, Func<T, T, T> function, out T? value)
    {
        var parts = scope.RunStage(
            end, partitions, route, _ => new ReduceOutput<T>(function), static (_, output) => (ReduceOutput<T>)output);
        var (withValue, last) = (0, default(ReduceOutput<T>));
        foreach (var part in parts)
        {
            if (part.HasValue)
            {
                (withValue, last) = (withValue + 1, part);
            }
        }

        value = withValue switch
        {
            0 => default,
            1 => last!.Value,
            // In a task, like every other call of the user's function: retried, and named when it fails.
            _ => scope.Engine.Tasks.Run(scope, end, 1, _ => Merge(parts, function), static _ => { })[0],
        };
        return withValue > 0;
    }

    private static T Merge<T>(ReduceOutput<T>[] parts, Func<T, T, T> function)
    {
        var merged = new ReduceOutput<T>(function);
        foreach (var part in parts)
        {
            if (part.HasValue)
            {
                merged.Write(part.Value!);
            }
        }

        return merged.Value!;
    }

    private static void TakeFrom<T>(Block<T> block, int count, List<T> taken)
    {
        foreach (var record in block.Read())
        {
            taken.Add(record);
            if (taken.Count == count)
            {
                return;
            }
        }
    }

    private static List<T> TakeComputed<T>(EvaluationScope scope, StageEnd? end, Route<T> route, int count, int partition) =>
        scope.RunStage(end, 1, route, _ => new TakeOutput<T>(count), static (_, output) => ((TakeOutput<T>)output).Records, partition)[0];

    private static void ForEach<T>(EvaluationScope scope, StageEnd? end, int partitions, Route<T> route, Action<T> action) =>
        scope.RunStage(end, partitions, route, _ => new ActionOutput<T>(action), static (_, _) => true, endActs: true);
}
