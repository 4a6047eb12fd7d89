using CodegenStreaming.Execution.Storage;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <content>Persisted data sets, and partitions that are gone.</content>
internal sealed partial class EvaluationScope
{
    private readonly EvaluationScope? _outer;
    private BorrowedTexts? _borrowed;

    private EvaluationScope(EvaluationScope outer)
        : this(outer.Engine, outer.Time, outer.Cancellation)
    {
        _outer = outer;
    }

    /// <summary>
    /// True for a scope in which something is computed anew that was lost. It sees what the scope around it has, and waits for nothing: what that one is
    /// about to compute it computes for itself. That is rare, and cannot dead-lock.
    /// </summary>
    public bool IsRecovery => _outer is not null;

    /// <summary>The batch's or the action's own scope.</summary>
    public EvaluationScope Outermost => _outer?.Outermost ?? this;

    /// <summary>Computes a partition that is gone, on the driver or inside the task that misses it. The block is the caller's.</summary>
    public Block<T> Recompute<T>(DatasetNode<T> node, int partition)
    {
        using var recovery = new EvaluationScope(this);
        recovery.KeepText<T>();
        var result = node.Evaluate(recovery, [partition]);
        var block = result.Take(partition);
        result.Release(recovery._keepsText);
        return block;
    }

    /// <summary>What the scope uses of a persisted data set; null where it was not persisted when the scope prepared it.</summary>
    public StoredLease<T>? LeaseOf<T>(DatasetNode<T> node) => (StoredLease<T>?)SlotOf(node).Lease;

    /// <summary>Takes a persisted data set into use, as far as it is there; the rest is prepared to be computed.</summary>
    public void Lease<T>(DatasetNode<T> node, StoredData<T> data)
    {
        var slot = SlotOf(node);
        lock (slot)
        {
            if (slot.Lease is not null)
            {
                return;
            }

            if (data.Partitions is { } known)
            {
                var lease = StoredLease<T>.Take(known);
                if (lease.IsComplete)
                {
                    slot.Lease = lease;
                    return;
                }

                lease.Release();
            }

            node.PrepareParents(this);
            var computed = StoredLease<T>.Take(data.PartitionsOf(node.CountComputedPartitions(this)));
            computed.AreParentsPrepared = true;
            slot.Lease = computed;
        }
    }

    /// <summary>Notes the level of a data set that the batch keeps anyway.</summary>
    public void SetLevel(DatasetNode node, StorageLevel level)
    {
        var slot = SlotOf(node);
        lock (slot)
        {
            if (level != StorageLevel.None)
            {
                StorageLevels.CheckUnchanged(slot.Level, level, node.Describe());
            }

            slot.Level = level;
        }
    }

    /// <summary>What a state by key holds on to of the batch's text stays. Keys that are texts themselves are copied instead.</summary>
    public void KeepTextOfState<TKey, TState>()
    {
        KeepText<TState>();
        if (typeof(TKey) != typeof(Utf8Slice))
        {
            KeepText<TKey>();
        }
    }

    /// <summary>Keeps text of earlier batches for the records of a window, until the batch is over.</summary>
    public void Borrow(DatasetNode window, IEnumerable<Utf8TextBlock> texts)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                throw BatchIsOver();
            }

            (_borrowed ??= new BorrowedTexts()).Add(window, texts);
        }
    }

    /// <summary>The text that records of a stream may refer to; each block is the caller's, too, who releases it.</summary>
    /// <param name="sources">The stream and what it is computed from, back to windows.</param>
    public IReadOnlyCollection<Utf8TextBlock> RetainTexts(IReadOnlySet<DatasetNode> sources)
    {
        var texts = new HashSet<Utf8TextBlock>(ReferenceEqualityComparer.Instance);
        lock (_lock)
        {
            _slots.AddTexts(sources, texts);
            _kept?.ForEach(kept => kept.AddTexts(texts));
            _borrowed?.AddTexts(sources, texts);
            foreach (var text in texts)
            {
                text.Retain();
            }
        }

        return texts;
    }

    /// <summary>The partitions of a result that has been computed.</summary>
    public int? KnownPartitionCount(DatasetNode node) => FindResult(node)?.Count;

    public StorageLevel LevelOf(DatasetNode node) => SlotOf(node).Level;

    private Materialized? FindResult(DatasetNode node) => _outer?.FindResult(node) ?? SlotOf(node).Result;

    private Materialized<T> Load<T>(ScopeSlot slot, DatasetNode<T> node, StoredData<T> data)
    {
        (var result, slot.Lease) = StoredLease<T>.Load(this, node, data);
        return result;
    }
}
