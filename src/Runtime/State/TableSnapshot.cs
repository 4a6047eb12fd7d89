using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <summary>A snapshot of a state table that can be written as files, whatever its types are. To be given back soon; see <see cref="StateSnapshot{TKey, TImage, TValue}"/>.</summary>
internal abstract class TableSnapshot : IDisposable
{
    /// <summary>The number of keys.</summary>
    public abstract int Count { get; }

    /// <summary>Whether anything has changed since the snapshot before.</summary>
    public abstract bool HasChanges { get; }

    /// <summary>Only the changes will be written: where they are few they are copied, and the table is free at once. By whoever has taken the snapshot.</summary>
    public abstract void CopyFewChanges();

    /// <summary>Writes all entries. No file for none.</summary>
    public abstract void WriteAll(BlockPool pool, Action<byte[]> emit);

    /// <summary>Writes what has changed since the snapshot before. No file for nothing.</summary>
    public abstract void WriteChanges(BlockPool pool, Action<byte[]> emit);

    public abstract void Dispose();
}

internal sealed class TableSnapshot<TKey, TImage, TStored, TState, TStorage>(
    StateSnapshot<TKey, TImage, TStored> snapshot, RecordCodec<TKey> keys, RecordCodec<TState> states) : TableSnapshot
    where TImage : unmanaged, IKeyImage
    where TStorage : struct, IStoredState<TStored, TState>
{
    public override int Count => snapshot.Count;

    public override bool HasChanges => snapshot.HasChanges;

    public override void CopyFewChanges() => snapshot.CopyFewChanges();

    public override void WriteAll(BlockPool pool, Action<byte[]> emit) =>
        StateCheckpoint.WriteAll<TKey, TImage, TStored, TState, TStorage>(snapshot, keys, states, pool, emit);

    public override void WriteChanges(BlockPool pool, Action<byte[]> emit) =>
        StateCheckpoint.WriteChanges<TKey, TImage, TStored, TState, TStorage>(snapshot, keys, states, pool, emit);

    public override void Dispose() => snapshot.Dispose();
}
