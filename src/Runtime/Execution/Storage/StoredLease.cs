using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Storage;

/// <summary>What a scope, a batch or an action, uses of a persisted data set: it stays in memory until the scope has ended.</summary>
internal abstract class StoredLease
{
    public abstract void Release();
}

/// <summary>The partitions that are used; those that are not there are computed by the first task that reads them. Thread-safe.</summary>
internal sealed class StoredLease<T>(StoredPartition<T>[] partitions) : StoredLease
{
    private readonly Block<T>?[] _pinned = new Block<T>?[partitions.Length];
    private List<(StoredPartition<T> Partition, Block<T> Block)>? _lost;

    public int PartitionCount => partitions.Length;

    /// <summary>True where everything is kept in one form or another, so that nothing has to be prepared.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>True where what the partitions are computed of was prepared in the scope; otherwise whoever misses one has to see to that.</summary>
    public bool AreParentsPrepared { get; set; }

    /// <summary>Takes what lies in memory.</summary>
    public static StoredLease<T> Take(StoredPartition<T>[] partitions)
    {
        var lease = new StoredLease<T>(partitions);
        for (var index = 0; index < partitions.Length; index++)
        {
            lease._pinned[index] = partitions[index].TryPin();
            lease.IsComplete &= lease._pinned[index] is not null || partitions[index].IsStored;
        }

        return lease;
    }

    /// <summary>A result that is computed as a whole: as far as it is kept, and the rest computed and then kept if there is room.</summary>
    public static (Materialized<T> Result, StoredLease<T> Lease) Load(EvaluationScope scope, DatasetNode<T> node, StoredData<T> data)
    {
        if (data.Partitions is { } partitions)
        {
            var lease = new StoredLease<T>(partitions);
            var blocks = new Block<T>?[partitions.Length];
            int[] missing = [.. Enumerable.Range(0, blocks.Length).Where(index => (blocks[index] = lease.ReadKept(index)) is null)];
            if (missing.Length == 0)
            {
                return (new Materialized<T>(blocks), lease);
            }

            try
            {
                if (missing.Length < blocks.Length && node.Evaluate(scope, missing) is var computed && computed.Count == blocks.Length)
                {
                    foreach (var index in missing)
                    {
                        blocks[index] = computed.Take(index);
                        lease.Keep(index, blocks[index]!);
                    }

                    computed.Release(keepText: false);
                    scope.KeepText<T>();
                    return (new Materialized<T>(blocks), lease);
                }
            }
            catch
            {
                GiveBack(lease, blocks);
                throw;
            }

            GiveBack(lease, blocks);
        }

        return LoadComputed(scope, node, data);
    }

    /// <summary>True where the partition lies in memory and has no records.</summary>
    public bool HasNoRecords(int partition) => Volatile.Read(ref _pinned[partition]) is { Count: 0 };

    /// <summary>The partition as a block in memory, if that is where it lies.</summary>
    public Block<T>? Pinned(EvaluationScope scope, int partition)
    {
        if (scope.Engine.Store.Losses is { } losses && losses.Strikes())
        {
            Lose(partition);
        }

        return Volatile.Read(ref _pinned[partition]);
    }

    /// <summary>The partition's block, valid until the next is asked for, or as long as the scope where its text is kept. Null where it was lost and is not to be computed.</summary>
    public IEnumerable<Block<T>>? Open(TaskScope task, DatasetNode<T> node, int partition, bool keepsText) =>
        Obtain(task, node, partition, out var isPinned) is { } block ? Open(task.Scope, block, isPinned, keepsText) : null;

    public override void Release()
    {
        for (var index = 0; index < _pinned.Length; index++)
        {
            if (Interlocked.Exchange(ref _pinned[index], null) is { } block)
            {
                partitions[index].Unpin(block);
            }
        }

        _lost?.ForEach(lost => lost.Partition.Unpin(lost.Block));
        _lost = null;
    }

    private static IEnumerable<Block<T>> Open(EvaluationScope scope, Block<T> block, bool isPinned, bool keepsText)
    {
        if (isPinned)
        {
            yield return block;
        }
        else if (keepsText)
        {
            scope.Keep(block);
            yield return block;
        }
        else
        {
            try
            {
                yield return block;
            }
            finally
            {
                block.Release();
            }
        }
    }

    private static void GiveBack(StoredLease<T> lease, Block<T>?[] blocks)
    {
        lease.Release();
        Array.ForEach(blocks, block => block?.Release());
    }

    private static (Materialized<T> Result, StoredLease<T> Lease) LoadComputed(EvaluationScope scope, DatasetNode<T> node, StoredData<T> data)
    {
        var result = node.Evaluate(scope, null);
        var lease = new StoredLease<T>(data.PartitionsOf(result.Count));
        for (var index = 0; index < result.Count; index++)
        {
            lease.Keep(index, result.Blocks[index]);
        }

        scope.KeepText<T>();
        return (result, lease);
    }

    private Block<T>? Obtain(TaskScope task, DatasetNode<T> node, int partition, out bool isPinned)
    {
        var block = Pinned(task.Scope, partition);
        isPinned = block is not null;
        if (isPinned)
        {
            return block;
        }

        block = partitions[partition].Obtain(
            (Lease: this, task, node, partition),
            task.IsAttributing ? null : static state => state.Lease.Compute(state.task, state.node, state.partition),
            out isPinned);
        if (block is ITaskMemory memory)
        {
            task.Disown(memory);
        }

        if (isPinned && Interlocked.CompareExchange(ref _pinned[partition], block, null) is { } other)
        {
            partitions[partition].Unpin(block!);
            return other;
        }

        return block;
    }

    private Block<T> Compute(TaskScope task, DatasetNode<T> node, int partition)
    {
        if (!AreParentsPrepared)
        {
            return task.Scope.Recompute(node, partition);
        }

        task.Scope.KeepText<T>();
        var output = task.NewBlock<T>();
        node.PushComputed(task, partition, output);
        output.Complete();
        return task.Take(output);
    }

    /// <summary>A partition of a whole result, with a share of the caller's.</summary>
    private Block<T>? ReadKept(int partition)
    {
        var block = partitions[partition].Obtain<object?>(null, null, out var isPinned);
        if (isPinned)
        {
            block!.Retain();
            _pinned[partition] = block;
        }

        return block;
    }

    private void Keep(int partition, Block<T> block)
    {
        if (partitions[partition].TryKeep(block))
        {
            _pinned[partition] = block;
        }
    }

    private void Lose(int partition)
    {
        partitions[partition].Drop();
        if (Interlocked.Exchange(ref _pinned[partition], null) is { } block)
        {
            lock (partitions)
            {
                (_lost ??= []).Add((partitions[partition], block)); // Somebody may be reading it.
            }
        }
    }
}
