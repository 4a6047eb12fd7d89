using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <summary>Writes snapshots of a table as files of a checkpoint, and fills a table from them: a base, and what has changed since, in order.</summary>
internal static class StateCheckpoint
{
    /// <summary>Writes all entries of a snapshot, in the order in which their keys were added.</summary>
    public static void WriteAll<TKey, TImage, TStored, TState, TStorage>(
        StateSnapshot<TKey, TImage, TStored> snapshot, RecordCodec<TKey> keys, RecordCodec<TState> states, BlockPool pool, Action<byte[]> emit)
        where TImage : unmanaged, IKeyImage
        where TStorage : struct, IStoredState<TStored, TState>
    {
        using var writer = new StateFileWriter<TKey, TState>(keys, states, TStorage.HasTime, pool, emit);
        foreach (var (key, stored) in snapshot.Read())
        {
            writer.Set(key, TStorage.Of(in stored), TStorage.TimeOf(in stored));
        }

        writer.Complete();
    }

    /// <summary>Writes what has changed since the snapshot before. A key that was removed and added again is removed first.</summary>
    public static void WriteChanges<TKey, TImage, TStored, TState, TStorage>(
        StateSnapshot<TKey, TImage, TStored> snapshot, RecordCodec<TKey> keys, RecordCodec<TState> states, BlockPool pool, Action<byte[]> emit)
        where TImage : unmanaged, IKeyImage
        where TStorage : struct, IStoredState<TStored, TState>
    {
        using var writer = new StateFileWriter<TKey, TState>(keys, states, TStorage.HasTime, pool, emit);
        foreach (var (key, _, isRemoved) in snapshot.ReadChanges())
        {
            if (isRemoved)
            {
                writer.Remove(key);
            }
        }

        foreach (var (key, stored, isRemoved) in snapshot.ReadChanges())
        {
            if (!isRemoved)
            {
                writer.Set(key, TStorage.Of(in stored), TStorage.TimeOf(in stored));
            }
        }

        writer.Complete();
    }

    /// <summary>Changes a table within a batch of it.</summary>
    /// <param name="table">The table.</param>
    /// <param name="time">What states have as the time of their last update where the file has none, in milliseconds.</param>
    internal sealed class Target<TKey, TImage, TStored, TState, TKeys, TStorage>(StateTable<TKey, TImage, TStored, TKeys> table, long time)
        : IStateFileTarget<TKey, TState>
        where TImage : unmanaged, IKeyImage
        where TKeys : struct, IStateKeys<TKey, TImage>
        where TStorage : struct, IStoredState<TStored, TState>
    {
        public void Remove(TKey key)
        {
            var entry = table.Find(key);
            entry.Remove();
        }

        public void Set(TKey key, TState state, long? timeOfState) => table.Set(key, TStorage.Store(state, timeOfState ?? time));
    }
}
