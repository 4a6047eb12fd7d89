using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Takes the elements of a queue, one or all for each batch. It does not run by itself: the batch takes.</summary>
internal sealed class QueueInput<T, TRecords>(Queue<TRecords> queue, bool oneAtATime, T[]? defaultRecords) : InputStream
    where TRecords : IEnumerable<T>
{
    public override bool IsForTests => true;

    public override string Name => "Queue stream";

    public override DatasetNode<T> Node { get; } = new InputNode<T>("QueueStream");

    /// <summary>False, as in Spark: a graceful stop waits for what was received, not for what the queue still holds.</summary>
    public override bool HasPending => false;

    public override void Start(InputServices services)
    {
    }

    public override Task StopAsync(bool graceful) => Task.CompletedTask;

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        var batch = Dequeue();
        if (batch.Count == 0 && defaultRecords is not null)
        {
            batch.Add(defaultRecords);
        }

        Block<T>[] blocks = [.. batch.SelectMany(records => Slice(records, scope.Engine.DefaultParallelism))];
        scope.SetInput(Node, blocks);
        return new InputAllocation(blocks.Sum(block => (long)block.Count), blocks.Length);
    }

    private static IEnumerable<Block<T>> Slice(T[] records, int partitions)
    {
        for (var index = 0; index < partitions; index++)
        {
            var start = (int)((long)records.Length * index / partitions);
            var end = (int)((long)records.Length * (index + 1) / partitions);
            yield return new ArrayBlock<T>(records[start..end], end - start, pool: null);
        }
    }

    private List<T[]> Dequeue()
    {
        var taken = new List<TRecords>();
        lock (queue)
        {
            while (queue.TryDequeue(out var records))
            {
                taken.Add(records);
                if (oneAtATime)
                {
                    break;
                }
            }
        }

        // Outside the lock: an enumerable of the user's may take its time.
        return [.. taken.Select(records => records.ToArray())];
    }
}
