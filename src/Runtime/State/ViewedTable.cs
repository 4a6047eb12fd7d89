using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <summary>A state table and what others have seen of it: views are detached before it changes. Used by one thread at a time.</summary>
internal sealed class ViewedTable<TKey, TImage, TValue, TState, TKeys, TStorage>(TKeys keys)
    where TImage : unmanaged, IKeyImage
    where TKeys : struct, IStateKeys<TKey, TImage>
    where TStorage : struct, IStoredState<TValue, TState>
{
    private StateView<TKey, TImage, TValue, TState, TStorage>? _view;

    public StateTable<TKey, TImage, TValue, TKeys> Table { get; } = new(keys, tracksChanges: false);

    /// <summary>Begins a batch; what an attempt before it did is undone.</summary>
    public void Begin()
    {
        Rollback();
        _view?.Detach();
        _view = null;
        Table.Begin();
    }

    /// <summary>Undoes what the batch has changed, if one has begun.</summary>
    public void Rollback()
    {
        if (Table.IsInBatch)
        {
            Table.Rollback();
        }
    }

    /// <summary>The table as it is between batches. The block is the caller's.</summary>
    public Block<(TKey, TState)> Show(BlockPool pool) => _view?.TryRetain() == true ? _view : _view = Table.Show<TState, TStorage>(pool);

    /// <summary>The table as it is between batches, for a checkpoint.</summary>
    public TableSnapshot TakeSnapshot(RecordCodec<TKey> keys, RecordCodec<TState> states) =>
        new TableSnapshot<TKey, TImage, TValue, TState, TStorage>(Table.TakeSnapshot(), keys, states);

    /// <summary>What a state's file says is brought into the table, within a batch of it.</summary>
    /// <param name="time">What states have as the time of their last update where the file has none.</param>
    public IStateFileTarget<TKey, TState> Target(BatchTime time) =>
        new StateCheckpoint.Target<TKey, TImage, TValue, TState, TKeys, TStorage>(Table, time.Milliseconds);
}
