using System.Runtime.CompilerServices;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution.Storage;
using CodegenStreaming.Memory;
using CodegenStreaming.Observability;

namespace CodegenStreaming.Execution.Operators;

/// <summary>Writes the entries of a map task's table to files when they are too many. Belongs to a table, and with it to one task after another.</summary>
internal sealed class EntrySpill<TKey, TCombined> : CombineSpill<TKey, TCombined>
{
    /// <summary>How many entries are looked at to guess the size of what all refer to.</summary>
    private const int Samples = 16;

    private TaskScope? _task;
    private DatasetNode? _node;
    private SpillEncoding<TKey, TCombined>? _encoding;
    private IPartitioner<TKey>? _partitioner;
    private int _partitionCount;

    /// <summary>What has been written; null where nothing.</summary>
    public SpilledRecords<(TKey, TCombined)>? Spilled { get; private set; }

    private AggregationMemory Memory => _task!.Scope.Engine.Aggregations;

    private BlockPool Pool => _task!.Scope.Pool;

    public void Begin(TaskScope task, DatasetNode node, SpillEncoding<TKey, TCombined> encoding, IPartitioner<TKey> partitioner, int partitionCount) =>
        (_task, _node, _encoding, _partitioner, _partitionCount, Spilled) = (task, node, encoding, partitioner, partitionCount, null);

    public void End() => (_task, _node, _encoding, _partitioner, Spilled) = (null, null, null, null, null);

    public override bool IsOver(long bytes, ReadOnlySpan<(TKey Key, TCombined Combined)> entries) =>
        _task is not null && entries.Length > 0 && bytes + ReferencedBytes(entries) > Memory.TableBytes && CanSpill(entries);

    /// <summary>False where there is no codec, or keys that are read would not be those that were written; which is said.</summary>
    private bool CanSpill(ReadOnlySpan<(TKey Key, TCombined Combined)> entries)
    {
        if (_encoding!.Find(_task!.Scope.Engine.Codecs) is { } encoding && AreKeysFoundAgain(entries, encoding))
        {
            return true;
        }

        Memory.WarnOfNoCodec(_node!.OperatorName, typeof((TKey, TCombined)));
        return false;
    }

    /// <summary>Whether the entries may stay in memory until they are merged: there is room, or they cannot go.</summary>
    public bool TryHold(ReadOnlySpan<(TKey Key, TCombined Combined)> entries, out HeldMemory? held)
    {
        if (!Memory.TryHold((entries.Length * (long)Unsafe.SizeOf<(TKey, TCombined)>()) + ReferencedBytes(entries), out held))
        {
            return !CanSpill(entries);
        }

        if (held is not null)
        {
            _task!.Own(held);
        }

        return true;
    }

    public override void Write(ReadOnlySpan<(TKey Key, TCombined Combined)> entries)
    {
        if (entries.Length == 0)
        {
            return;
        }

        if (Spilled is null)
        {
            _task!.Own(Spilled = new());
        }

        var pool = Pool;
        var places = pool.Rent<(ulong Place, int Index)>(entries.Length);
        try
        {
            for (var index = 0; index < entries.Length; index++)
            {
                var key = entries[index].Key;
                var target = _partitionCount == 1 ? 0 : Exchange.PartitionOf(_partitioner!, _partitionCount, key);
                places[index] = (SpillFile<(TKey, TCombined)>.PlaceOf(target, HashSlice.HashOf(key)), index);
            }

            Write(entries, places.AsSpan(0, entries.Length));
        }
        finally
        {
            pool.Return(places, 0);
        }
    }

    /// <summary>What the entries refer to, guessed by some of them.</summary>
    public long ReferencedBytes(ReadOnlySpan<(TKey Key, TCombined Combined)> entries)
    {
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<(TKey, TCombined)>() || entries.Length == 0)
        {
            return 0;
        }

        if (_encoding!.Find(_task!.Scope.Engine.Codecs) is not { } encoding)
        {
            return SpillFile<(TKey, TCombined)>.ReferencedBytes(entries.Length, 0);
        }

        using var chunk = new ChunkBuffer(Pool);
        var count = Math.Min(Samples, entries.Length);
        var length = 0L;
        for (var sample = 0; sample < count; sample++)
        {
            chunk.Clear();
            encoding.Encode(entries.Slice((int)((long)sample * entries.Length / count), 1), chunk);
            length += chunk.Length;
        }

        return SpillFile<(TKey, TCombined)>.ReferencedBytes(entries.Length, length * entries.Length / count);
    }

    /// <summary>Objects that are equal only to themselves, such as arrays, are so no longer when they have been read. One of two keys is not null.</summary>
    private bool AreKeysFoundAgain(ReadOnlySpan<(TKey Key, TCombined Combined)> entries, BlockEncoding<(TKey, TCombined)> encoding)
    {
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<TKey>())
        {
            return true;
        }

        using var chunk = new ChunkBuffer(Pool);
        foreach (ref readonly var entry in (ReadOnlySpan<(TKey Key, TCombined Combined)>)[entries[0], entries[^1]])
        {
            (TKey Key, TCombined Combined) read = default;
            chunk.Clear();
            encoding.Encode(new ReadOnlySpan<(TKey, TCombined)>(in entry), chunk);
            encoding.Decode(chunk.Written, new Span<(TKey, TCombined)>(ref read));
            if (!EqualityComparer<TKey>.Default.Equals(read.Key, entry.Key) || HashSlice.HashOf(read.Key) != HashSlice.HashOf(entry.Key))
            {
                return false;
            }
        }

        return true;
    }

    private void Write(ReadOnlySpan<(TKey Key, TCombined Combined)> entries, Span<(ulong Place, int Index)> places)
    {
        var store = Memory.Store;
        try
        {
            var file = new SpillFile<(TKey, TCombined)>(store.Files.NewFile(".spill"), _encoding!.Find(_task!.Scope.Engine.Codecs)!);
            Spilled!.Add(file);
            file.Write(entries, places, Pool);
            Memory.CountSpill();
            store.Logger.AggregationSpilled(_node!.OperatorName, _task!.Partition, entries.Length, file.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The aggregation is larger than its memory, and what is too much cannot be written to a file in {store.Files.Root}: {exception.Message}", exception);
        }
    }
}
