using CodegenStreaming.Execution.Storage;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>What a batch keeps for one node; also the lock under which it is computed.</summary>
internal sealed class ScopeSlot(DatasetNode node)
{
    public DatasetNode Node => node;

    public Materialized? Result { get; set; }

    public object? Value { get; set; }

    /// <summary>What the batch uses of a persisted data set.</summary>
    public StoredLease? Lease { get; set; }

    /// <summary>The level that the user named for what the batch keeps anyway.</summary>
    public StorageLevel Level { get; set; }

    public void Release(bool keepText)
    {
        Result?.Release(keepText);
        Lease?.Release();
    }
}

/// <summary>A batch's slots: by operator id for the streams' nodes, looked up for those that are made inside the batch. Not thread-safe.</summary>
internal sealed class ScopeSlots
{
    private ScopeSlot?[] _byId = [];
    private Dictionary<DatasetNode, ScopeSlot>? _others;

    public ScopeSlot Of(DatasetNode node)
    {
        var id = node.Id;
        if ((uint)id < (uint)_byId.Length && _byId[id] is { } slot && slot.Node == node)
        {
            return slot;
        }

        return Find(node);
    }

    public void Release(bool keepText)
    {
        foreach (var slot in _byId)
        {
            slot?.Release(keepText);
        }

        if (_others is not null)
        {
            foreach (var slot in _others.Values)
            {
                slot.Release(keepText);
            }
        }
    }

    /// <summary>Adds the blocks of text among the results of some streams, and of all that is made inside the batch.</summary>
    public void AddTexts(IReadOnlySet<DatasetNode> streams, ISet<Utf8TextBlock> texts)
    {
        foreach (var slot in _byId)
        {
            if (slot is not null && streams.Contains(slot.Node))
            {
                slot.Result?.AddTexts(texts);
            }
        }

        if (_others is not null)
        {
            foreach (var slot in _others.Values)
            {
                slot.Result?.AddTexts(texts);
            }
        }
    }

    /// <summary>Forgets the results; false where there is something that may differ from one empty batch to the next.</summary>
    public bool TryClear()
    {
        foreach (var slot in _byId)
        {
            if (slot is not null)
            {
                (slot.Result, slot.Lease, slot.Level) = (null, null, StorageLevel.None);
                if (slot.Value is not null)
                {
                    return false;
                }
            }
        }

        _others?.Clear();
        return true;
    }

    private ScopeSlot Find(DatasetNode node)
    {
        // Two graphs' nodes have the same numbers: the second one's are looked up like those without.
        if (node.Id >= 0 && (node.Id >= _byId.Length || _byId[node.Id] is null))
        {
            if (node.Id >= _byId.Length)
            {
                Array.Resize(ref _byId, Math.Max(node.Id + 1, _byId.Length * 2));
            }

            return _byId[node.Id] = new ScopeSlot(node);
        }

        _others ??= [];
        if (!_others.TryGetValue(node, out var slot))
        {
            _others.Add(node, slot = new ScopeSlot(node));
        }

        return slot;
    }
}
