namespace CodegenStreaming.Execution.Operators;

/// <summary>A stream with a state for each key.</summary>
internal interface IKeyedState
{
    Type KeyType { get; }

    Type StateType { get; }
}

/// <summary>
/// A state that is read from outside, on any thread but a task's, while batches run. What is read is as of the end of the batch that is returned; null
/// where none is in the state yet.
/// </summary>
internal interface IReadableState<TKey, TState> : IKeyedState
{
    Type IKeyedState.KeyType => typeof(TKey);

    Type IKeyedState.StateType => typeof(TState);

    BatchTime? Find(TKey key, out Option<TState> state);

    /// <summary>Without a thread that waits for a batch.</summary>
    ValueTask<Option<TState>> FindAsync(TKey key, CancellationToken cancellation);

    BatchTime? Copy(List<(TKey Key, TState State)> states);

    ValueTask<BatchTime?> CopyAsync(List<(TKey Key, TState State)> states, CancellationToken cancellation);

    BatchTime? CountKeys(out long count);
}
