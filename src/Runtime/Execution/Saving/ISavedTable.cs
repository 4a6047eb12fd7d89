using CodegenStreaming.Codecs;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Saving;

/// <summary>One of the tables that a state is divided into, as checkpoints capture and load it. Between batches only.</summary>
internal interface ISavedTable<TKey, TState>
{
    /// <summary>From now on snapshots know what has changed since the one before. Before the first batch.</summary>
    void TrackChanges();

    /// <summary>The table as it is.</summary>
    TableSnapshot TakeSnapshot(RecordCodec<TKey> keys, RecordCodec<TState> states);

    /// <summary>Begins to bring in what a checkpoint has; <see cref="Commit"/> ends it.</summary>
    /// <param name="time">When states were last updated of which it is not known.</param>
    IStateFileTarget<TKey, TState> BeginRestore(BatchTime time);

    void Commit();
}
