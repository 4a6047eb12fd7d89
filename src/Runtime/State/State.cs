using System.Diagnostics.CodeAnalysis;

namespace CodegenStreaming;

/// <summary>
/// The state of a key, as the function of <c>MapWithState</c> sees and changes it. One object serves all keys of a task, one after another: it is that key's
/// during the call only. A state is replaced by <see cref="Update"/> and not changed: what was there before must stay as it was, for the batch that is run again.
/// Not thread-safe.
/// </summary>
/// <typeparam name="TState">The state.</typeparam>
public sealed class State<TState>
{
    private TState _value = default!;
    private Phase _phase;

    internal State()
    {
    }

    private enum Phase
    {
        /// <summary>No call is under way.</summary>
        Over,

        /// <summary>The function may change the state.</summary>
        Open,

        /// <summary>The function has given it a new value.</summary>
        Updated,

        /// <summary>The function has removed it.</summary>
        Removed,

        /// <summary>It will be removed after the call, whatever the function does.</summary>
        TimingOut,
    }

    /// <summary>Whether the key has a state.</summary>
    public bool Exists { get; private set; }

    /// <summary>Whether the key had no record for longer than the time-out. The state is still there, can't be changed, and is removed after the call.</summary>
    public bool IsTimingOut => _phase == Phase.TimingOut;

    internal bool IsUpdated => _phase == Phase.Updated;

    internal bool IsRemoved => _phase == Phase.Removed;

    /// <summary>The state.</summary>
    /// <exception cref="InvalidOperationException">The key has none, or the call is over.</exception>
    public TState Get()
    {
        CheckOpen();
        return Exists ? _value : throw new InvalidOperationException("The key has no state. Ask Exists first, or use TryGet or GetOption.");
    }

    /// <summary>The state, or none.</summary>
    /// <exception cref="InvalidOperationException">The call is over.</exception>
    public Option<TState> GetOption()
    {
        CheckOpen();
        return Exists ? new Option<TState>(_value) : default;
    }

    /// <summary>Gives the state where there is one.</summary>
    /// <exception cref="InvalidOperationException">The call is over.</exception>
    public bool TryGet([MaybeNullWhen(false)] out TState state)
    {
        CheckOpen();
        state = _value;
        return Exists;
    }

    /// <summary>Gives the key a new state.</summary>
    /// <exception cref="InvalidOperationException">The state has been removed, is timing out, or the call is over.</exception>
    public void Update(TState state)
    {
        if (_phase is not (Phase.Open or Phase.Updated))
        {
            ThrowUnchangeable("updated");
        }

        (_value, Exists, _phase) = (state, true, Phase.Updated);
    }

    /// <summary>Removes the state; nothing where there is none.</summary>
    /// <exception cref="InvalidOperationException">The state has been removed already, is timing out, or the call is over.</exception>
    public void Remove()
    {
        if (_phase is not (Phase.Open or Phase.Updated))
        {
            ThrowUnchangeable("removed");
        }

        (_value, Exists, _phase) = (default!, false, Phase.Removed);
    }

    /// <summary>The state as text, as Spark prints it.</summary>
    public override string ToString() => Exists ? _value?.ToString() ?? "" : "<state not set>";

    /// <summary>A call begins for a key that has a state.</summary>
    internal void Begin(TState state) => (_value, Exists, _phase) = (state, true, Phase.Open);

    /// <summary>A call begins for a key that has none.</summary>
    internal void Begin() => (_value, Exists, _phase) = (default!, false, Phase.Open);

    /// <summary>The last call for a key begins.</summary>
    internal void BeginTimingOut(TState state) => (_value, Exists, _phase) = (state, true, Phase.TimingOut);

    /// <summary>The call is over.</summary>
    internal void End() => (_value, Exists, _phase) = (default!, false, Phase.Over);

    private void CheckOpen()
    {
        if (_phase == Phase.Over)
        {
            ThrowUnchangeable("read");
        }
    }

    [DoesNotReturn]
    private void ThrowUnchangeable(string what) => throw new InvalidOperationException(_phase switch
    {
        Phase.Removed => $"The state can't be {what}: the function has removed it.",
        Phase.TimingOut => $"The state can't be {what}: it is timing out, and removed after this call. Ask IsTimingOut first.",
        _ => $"The state can't be {what}: it belongs to a call of the function of MapWithState that is over. Keep what Get returns, not the object.",
    });
}
