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

    public sealed override CapturedStream Capture() => _saving!.Capture(_partitions);
}
