using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Operators;

/// <content>How checkpoints save the state, and what is read of it at a restart.</content>
internal abstract partial class KeyedStateNode<TKey, TValue, TState, TOut>
{
    private SavedTables<TKey, TState>? _saving;

    public sealed override string Kind => OperatorName;

    public sealed override IReadOnlyList<(string Name, RecordSchema Schema)> Schemas => _saving!.Schemas;

    public sealed override void PrepareSaving(CodecRegistry codecs, BlockPool pool) => _saving = new(codecs.Of<TKey>(Site, Pipeline), codecs.Of<TState>(Site, Pipeline), pool);

    public sealed override void Restore(RestoredStream saved)
    {
        _saving!.Restore(saved);
        _hasBegun = true; // There is no initial state any more.
    }

    public sealed override CapturedStream Capture() => _partitions is { } partitions
        ? _saving!.Capture(Array.ConvertAll(partitions, partition => partition.TakeSnapshot(_saving.Keys, _saving.States)))
        : _saving!.CaptureAsRestored();

    private void BeginSaving(StatePartition<TKey, TValue, TState, TOut>[] partitions, IPartitioner<TKey> targets)
    {
        if (_saving is null)
        {
            return;
        }

        Array.ForEach(partitions, static partition => partition.TrackChanges());
        _saving.Load(
            partitions.Length,
            key => Exchange.PartitionOf(targets, partitions.Length, key),
            (partition, time) => partitions[partition].BeginRestore(time),
            partition => partitions[partition].Commit(),
            partition => partitions[partition].TakeSnapshot(_saving.Keys, _saving.States).Dispose());
    }
}
