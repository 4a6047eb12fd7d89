using CodegenStreaming.Memory;
using CodegenStreaming.Observability;

namespace CodegenStreaming.Execution.Storage;

/// <summary>The place of one partition of a persisted data set, whatever its record type.</summary>
internal abstract class StoredPartition(StoredData data)
{
    private long _lastUse;
    private long _memoryBytes;

    public StoredData Data => data;

    public long LastUse => Volatile.Read(ref _lastUse);

    /// <summary>What it takes of the bound on memory.</summary>
    public long MemoryBytes
    {
        get => Volatile.Read(ref _memoryBytes);
        protected set => Volatile.Write(ref _memoryBytes, value);
    }

    /// <summary>True while a batch or an action uses what lies in memory.</summary>
    public abstract bool IsPinned { get; }

    /// <summary>Leaves memory, for a file where the level says so; false where it is in use or has left already.</summary>
    public abstract bool TryEvict();

    protected void Touch() => Volatile.Write(ref _lastUse, data.Store.NextUse());
}

/// <summary>
/// One partition: as a block, encoded in memory, in a file, or not there. Whoever computes it holds its lock, so that it is computed once; computing
/// takes the locks of partitions upstream, never the other way round.
/// </summary>
internal sealed class StoredPartition<T>(StoredData<T> data) : StoredPartition(data)
{
    private readonly Lock _gate = new();
    private Block<T>? _block;
    private EncodedChunks? _encoded;
    private FileChunks? _file;
    private int _pins;

    public override bool IsPinned => Volatile.Read(ref _pins) > 0;

    public bool IsStored
    {
        get
        {
            lock (_gate)
            {
                return _block is not null || _encoded is not null || _file is not null;
            }
        }
    }

    public long DiskBytes
    {
        get
        {
            lock (_gate)
            {
                return _file?.Length ?? 0;
            }
        }
    }

    private BlockStore Store => data.Store;

    /// <summary>The partition as a block in memory, which stays there until it is unpinned; null where there is none.</summary>
    public Block<T>? TryPin()
    {
        lock (_gate)
        {
            if (_block is null)
            {
                return null;
            }

            _pins++;
            _block.Retain();
            Touch();
            return _block;
        }
    }

    public void Unpin(Block<T> block)
    {
        lock (_gate)
        {
            _pins--;
        }

        block.Release();
    }

    /// <summary>The partition: as it is kept, or computed and then kept if there is room.</summary>
    /// <param name="state">What the computation needs.</param>
    /// <param name="compute">Computes it; the block is the caller's. Null to take what there is.</param>
    /// <param name="isPinned">True where it is pinned; otherwise the block is the caller's alone.</param>
    public Block<T>? Obtain<TState>(TState state, Func<TState, Block<T>>? compute, out bool isPinned)
    {
        lock (_gate)
        {
            var block = TryPin();
            isPinned = block is not null;
            block ??= TryDecode();
            if (block is null && compute is not null)
            {
                block = compute(state);
                isPinned = Keep(block);
            }

            return block;
        }
    }

    /// <summary>Keeps a block that was computed elsewhere; true where it is pinned now. The caller's share of it stays the caller's.</summary>
    public bool TryKeep(Block<T> block)
    {
        lock (_gate)
        {
            if (_block is not null || _encoded is not null || _file is not null || !Keep(block))
            {
                return false;
            }

            block.Retain();
            return true;
        }
    }

    public override bool TryEvict()
    {
        // Its lock may be held by somebody who computes it and wants room himself: then it is not in memory.
        if (!_gate.TryEnter())
        {
            return false;
        }

        try
        {
            if (_pins > 0 || (_block is null && _encoded is null))
            {
                return false;
            }

            if (StorageLevels.UsesDisk(data.Level) && _file is null && !data.IsOver)
            {
                _file = Spill(_block, _encoded);
            }

            LeaveMemory();
            return true;
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Gives everything up.</summary>
    public void Drop()
    {
        lock (_gate)
        {
            LeaveMemory();
            _file?.Dispose();
            _file = null;
        }
    }

    /// <summary>Keeps a block in the form of the level; true where it is pinned now. Under the lock.</summary>
    private bool Keep(Block<T> block)
    {
        if (data.IsOver)
        {
            return false;
        }

        Touch();
        if (StorageLevels.IsEncoded(data.Level))
        {
            KeepEncoded(block);
            return false;
        }

        var bytes = RecordSize.Of(block);
        if (StorageLevels.UsesMemory(data.Level) && Store.TryReserve(this, bytes))
        {
            // The caller's share becomes the pin's.
            block.Retain();
            _block = block;
            _pins++;
            MemoryBytes = bytes;
            return true;
        }

        if (StorageLevels.UsesDisk(data.Level))
        {
            _file = Spill(block, null);
        }

        return false;
    }

    private void KeepEncoded(Block<T> block)
    {
        EncodedChunks encoded = data.Level == StorageLevel.OffHeap ? new NativeChunks() : new HeapChunks();
        encoded.Write(block, data.Encoding!, Store.Pool);
        if (Store.TryReserve(this, encoded.Length))
        {
            (_encoded, MemoryBytes) = (encoded, encoded.Length);
            return;
        }

        using (encoded)
        {
            if (StorageLevels.UsesDisk(data.Level))
            {
                _file = Spill(null, encoded);
            }
        }
    }

    /// <summary>Writes a file; without one the partition is computed again, so a full disk ends no batch.</summary>
    private FileChunks? Spill(Block<T>? block, EncodedChunks? encoded)
    {
        FileChunks? file = null;
        try
        {
            file = new FileChunks(Store.Files.NewFile(".partition"));
            if (encoded is not null)
            {
                file.CopyFrom(encoded, Store.Pool);
            }
            else
            {
                file.Write(block!, data.Encoding!, Store.Pool);
            }

            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            file?.Dispose();
            Store.Logger.PartitionNotWritten(exception);
            return null;
        }
    }

    /// <summary>The partition out of its encoded form. One that cannot be read is gone.</summary>
    private ArrayBlock<T>? TryDecode()
    {
        if ((_encoded ?? _file) is not { } chunks)
        {
            return null;
        }

        Touch();
        try
        {
            return chunks.Decode(data.Encoding!, Store.Pool);
        }
        catch (Exception exception) when (chunks == _file && exception is IOException or InvalidDataException or UnauthorizedAccessException or CorruptRecordException)
        {
            Store.Logger.PartitionNotRead(exception, _file!.Path);
            _file.Dispose();
            _file = null;
            return null;
        }
    }

    private void LeaveMemory()
    {
        if (_block is null && _encoded is null)
        {
            return;
        }

        Store.Free(this, MemoryBytes);
        MemoryBytes = 0;
        _block?.Release();
        _encoded?.Dispose();
        (_block, _encoded) = (null, null);
    }
}
