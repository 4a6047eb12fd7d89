using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>The map side of an exchange without combination: each task's records in a block, and the target partition of each.</summary>
internal static class Exchange
{
    public static void CheckPartitions(int? numPartitions)
    {
        if (numPartitions is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, nameof(numPartitions));
        }
    }

    public static MapResult<T>[] Run<T>(
        EvaluationScope scope, DatasetNode end, int mapPartitions, Route<T> route, int partitions, Func<int, T, int> partitionOf) =>
        scope.RunStage(
            end,
            mapPartitions,
            route,
            static task => task.NewBlock<T>(),
            (_, output) =>
            {
                var block = ((BlockOutput<T>)output).ToBlock();
                if (partitions == 1)
                {
                    return new MapResult<T>(block, null);
                }

                var targets = new int[block.Count];
                var records = block.Records;
                for (var index = 0; index < targets.Length; index++)
                {
                    targets[index] = partitionOf(index, records[index]);
                }

                return new MapResult<T>(block, targets);
            });

    /// <summary>The records of one target partition, in the order of the map partitions.</summary>
    public static IEnumerable<T> ReadPartition<T>(MapResult<T>[] maps, int partition)
    {
        foreach (var (block, targets) in maps)
        {
            var index = 0;
            foreach (var record in block.Read())
            {
                if (targets is null || targets[index] == partition)
                {
                    yield return record;
                }

                index++;
            }
        }
    }

    public static void Release<T>(MapResult<T>[] maps)
    {
        foreach (var map in maps)
        {
            map.Block.Release();
        }
    }

    public sealed record MapResult<T>(Block<T> Block, int[]? Targets);
}
