namespace CodegenStreaming.State;

/// <summary>How the table of a <c>MapWithState</c> holds a state: with the time of its last update only where states time out.</summary>
internal interface IStoredState<TStored, TState> : IShownState<TStored, TState>
{
    /// <summary>Whether there is a time.</summary>
    static abstract bool HasTime { get; }

    static abstract TStored Store(TState state, long time);

    /// <summary>The time of the batch that last updated it, in milliseconds.</summary>
    static abstract long TimeOf(in TStored stored);
}

/// <summary>A state and the time of the batch that last updated it, in milliseconds.</summary>
internal readonly record struct TimedState<TState>(TState State, long Time) : IStoredState<TimedState<TState>, TState>
{
    public static bool HasTime => true;

    public static TState Of(in TimedState<TState> value) => value.State;

    public static TimedState<TState> Store(TState state, long time) => new(state, time);

    public static long TimeOf(in TimedState<TState> stored) => stored.Time;
}
