using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>One of the inputs of an operator that brings equal keys together: exchanged by key, or read where it lies if it is partitioned like the result.</summary>
/// <param name="node">The input.</param>
/// <param name="reader">The operator, where its call ends a chain that begins in the input; null for one that is no part of a chain.</param>
internal sealed class KeyedInput<TKey, TValue>(DatasetNode<(TKey, TValue)> node, DatasetNode? reader = null)
{
    private Route<(TKey, TValue)>? _route;

    public DatasetNode<(TKey, TValue)> Node => node;

    /// <summary>The chain that ends with the operator.</summary>
    public Route<(TKey, TValue)> MapSide(Planner planner) => _route ??= reader is null
        ? planner.PlanEnd(node, null, null, null, [])
        : planner.PlanEnd(node, reader.Site, reader.Pipeline, reader, reader.Functions);

    /// <summary>Brings the input to the partitions of the operator. The node must be prepared.</summary>
    public Arrived Bring(EvaluationScope scope, DatasetNode end, IPartitioner<TKey> partitioner, int partitions) =>
        Exchange.IsInPlace(scope, node, node.PartitionCount(scope), partitioner)
            ? new Arrived(this, null)
            : new Arrived(this, Exchange.Run(
                scope, end, node.PartitionCount(scope), MapSide(scope.Planner), partitions, (_, _, pair) => Exchange.PartitionOf(partitioner, partitions, pair.Item1)));

    /// <summary>The input by target partition, until it is released.</summary>
    internal sealed class Arrived(KeyedInput<TKey, TValue> input, MapResult<(TKey, TValue)>[]? maps)
    {
        /// <summary>How many records a task's share has; zero where that is not known before it is read.</summary>
        public int CountOf(TaskScope task)
        {
            if (maps is null)
            {
                return input.Node.CountInMemory(task, task.Partition);
            }

            var count = 0L;
            foreach (var (block, targets) in maps)
            {
                count += targets is null ? block.Count : targets.Records.Count(task.Partition);
            }

            return (int)Math.Min(Array.MaxLength, count);
        }

        /// <summary>Writes the task's share, in the order of the partitions that it comes from.</summary>
        public void Push(TaskScope task, RecordOutput<(TKey, TValue)> output)
        {
            if (maps is null)
            {
                input.MapSide(task.Scope.Planner).Push(task, task.Partition, output);
                return;
            }

            foreach (var (block, targets) in maps)
            {
                task.Cancellation.ThrowIfCancellationRequested();
                Write(block.Records, targets, task.Partition, output);
            }
        }

        /// <summary>The chain that the operator's own tasks compute; null where others have.</summary>
        public Route? Chain(Planner planner) => maps is null ? input.MapSide(planner) : null;

        /// <summary>True where a partition is known to get no record, without a task.</summary>
        public bool HasNoRecords(EvaluationScope scope, int partition) => maps is null
            ? input.MapSide(scope.Planner).HasNoRecords(scope, partition)
            : !Array.Exists(maps, static map => map.Block.Count > 0);

        /// <summary>The blocks that the task's share lies in, computed first where it is the task's work to do so.</summary>
        public Share Open(TaskScope task)
        {
            if (maps is not null)
            {
                return new Share(maps, null);
            }

            var route = input.MapSide(task.Scope.Planner);
            if (route.IsInMemory && input.Node.TryGetBlock(task, task.Partition, out var block))
            {
                return new Share([new(block, null)], null);
            }

            var output = task.NewBlock<(TKey, TValue)>();
            route.Push(task, task.Partition, output);
            output.Complete();
            var own = task.Take(output);
            return new Share([new(own, null)], own);
        }

        /// <summary>Runs the functions that run with the operator's own task once more, unfused.</summary>
        public void Replay(TaskScope task)
        {
            if (maps is null)
            {
                input.MapSide(task.Scope.Planner).ReadThrough(task);
            }
        }

        public void Release()
        {
            if (maps is not null)
            {
                Exchange.Release(maps);
            }
        }

        private static void Write(ReadOnlySpan<(TKey, TValue)> records, ArrayBlock<int>? targets, int partition, RecordOutput<(TKey, TValue)> output)
        {
            if (targets is null)
            {
                foreach (ref readonly var record in records)
                {
                    output.Write(record);
                }

                return;
            }

            var partitionOf = targets.Records;
            for (var index = 0; index < records.Length; index++)
            {
                if (partitionOf[index] == partition)
                {
                    output.Write(records[index]);
                }
            }
        }
    }

    /// <summary>A task's share of the input, until it is given back.</summary>
    /// <param name="Blocks">Blocks, and for each record the partition that it goes to; null where all are the task's.</param>
    /// <param name="Own">The block that was made for the task.</param>
    internal readonly record struct Share(MapResult<(TKey, TValue)>[] Blocks, Block<(TKey, TValue)>? Own) : IDisposable
    {
        public void Dispose() => Own?.Release();
    }
}
