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

    /// <summary>True where the equal keys of an input are together already, so that it is read where it lies.</summary>
    /// <param name="scope">Where it is read.</param>
    /// <param name="input">The input.</param>
    /// <param name="partitions">How many partitions it has.</param>
    /// <param name="targets">How the operator divides keys.</param>
    public static bool IsInPlace<TKey>(EvaluationScope scope, DatasetNode input, int partitions, IPartitioner<TKey> targets) =>
        (partitions == 1 && targets.PartitionCount == 1) || targets.Equals(input.PartitionerOf(scope));

    /// <summary>The partition of each record; <paramref name="partitionOf"/> is given the map partition, the record's position in it, and the record.</summary>
    public static MapResult<T>[] Run<T>(
        EvaluationScope scope, DatasetNode end, int mapPartitions, Route<T> route, int partitions, Func<int, int, T, int> partitionOf) =>
        scope.RunStage(
            end,
            mapPartitions,
            route,
            static task => task.NewBlock<T>(),
            (task, output) =>
            {
                var block = ((BlockOutput<T>)output).ToBlock();
                if (partitions == 1)
                {
                    return new MapResult<T>(block, null);
                }

                var targets = task.NewBlock<int>(block.Count);
                var room = targets.Room;
                var records = block.Records;
                for (var index = 0; index < room.Length; index++)
                {
                    room[index] = partitionOf(task.Partition, index, records[index]);
                }

                return new MapResult<T>(block, targets);
            });

    /// <summary>The partition of a key by a partitioner that may be the user's.</summary>
    public static int PartitionOf<TKey>(IPartitioner<TKey> partitioner, int partitions, TKey key)
    {
        var partition = partitioner.PartitionOf(key);
        return (uint)partition < (uint)partitions
            ? partition
            : throw new StreamingException(
                $"The partitioner {partitioner.GetType().Name} gave partition {partition} for the key '{key}'; it has {partitions}, numbered from 0.");
    }

    /// <summary>The partitions of a partitioner that may be the user's.</summary>
    public static int PartitionCount<TKey>(IPartitioner<TKey> partitioner) => partitioner.PartitionCount is >= 1 and var count
        ? count
        : throw new StreamingException($"The partitioner {partitioner.GetType().Name} has {partitioner.PartitionCount} partitions; at least one is needed.");

    /// <summary>The records of one target partition, in the order of the map partitions.</summary>
    public static IEnumerable<T> ReadPartition<T>(MapResult<T>[] maps, int partition)
    {
        foreach (var (block, targets) in maps)
        {
            for (var index = 0; index < block.Count; index++)
            {
                if (targets is null || targets.Records[index] == partition)
                {
                    yield return block.Records[index];
                }
            }
        }
    }

    /// <summary>The records of the task's partition as a block.</summary>
    public static Block<T> Gather<T>(TaskScope task, MapResult<T>[] maps)
    {
        var output = task.NewBlock<T>();
        foreach (var record in ReadPartition(maps, task.Partition))
        {
            output.Write(record);
        }

        return output.ToBlock();
    }

    public static void Release<T>(MapResult<T>[] maps)
    {
        foreach (var map in maps)
        {
            map.Release();
        }
    }
}
