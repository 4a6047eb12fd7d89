using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>
/// Received records on their way into blocks. A block is sealed when the block interval has passed since its first record, as the time stamps of
/// storing tell (no timer runs), or when a batch takes what there is. One receiver stores; the batch clock takes. Thread-safe.
/// </summary>
internal abstract class BlockCollector<T>(InputServices services)
{
    private readonly List<Block<T>> _sealed = [];
    private readonly Action<long> _release = services.Memory.Release;
    private long _began;
    private long _sealedRecords;
    private long _reserved;

    /// <summary>True while there are records that no batch has got.</summary>
    public bool HasPending
    {
        get
        {
            lock (Gate)
            {
                return _sealed.Count > 0 || OpenCount > 0;
            }
        }
    }

    protected Lock Gate { get; } = new();

    /// <summary>The number of records in the block that is being filled.</summary>
    protected abstract int OpenCount { get; }

    /// <summary>True when the block that is being filled has become as large as a block should be.</summary>
    protected abstract bool IsOpenFull { get; }

    /// <summary>Hands everything to a batch, which gives back memory and reservation when it is done.</summary>
    public InputAllocation GiveTo(DatasetNode<T> node, EvaluationScope scope)
    {
        var (blocks, records, reserved) = Take();
        scope.SetInput(node, blocks);
        if (reserved > 0)
        {
            scope.OnDispose(_release, reserved);
        }

        return new InputAllocation(records, blocks.Length);
    }

    /// <summary>Gives up everything that no batch has got.</summary>
    public void Drop()
    {
        var (blocks, _, reserved) = Take();
        foreach (var block in blocks)
        {
            block.Release();
        }

        services.Memory.Release(reserved);
    }

    /// <summary>Takes over a reservation and seals the open block where it is due. Under the gate, before each group of records.</summary>
    protected void BeginStore(long reserved)
    {
        _reserved += reserved;
        var now = services.Time.GetTimestamp();
        if (OpenCount > 0 && (IsOpenFull || services.Time.GetElapsedTime(_began, now) >= services.BlockInterval))
        {
            Seal();
        }

        if (OpenCount == 0)
        {
            _began = now;
        }
    }

    /// <summary>Makes a block of the open records; there are some.</summary>
    protected abstract Block<T> SealOpen();

    private void Seal()
    {
        _sealedRecords += OpenCount;
        _sealed.Add(SealOpen());
    }

    private (Block<T>[] Blocks, long Records, long Reserved) Take()
    {
        lock (Gate)
        {
            if (OpenCount > 0)
            {
                Seal();
            }

            var taken = ((Block<T>[])[.. _sealed], _sealedRecords, _reserved);
            _sealed.Clear();
            (_sealedRecords, _reserved) = (0, 0);
            return taken;
        }
    }
}
