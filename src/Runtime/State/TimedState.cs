namespace CodegenStreaming.State;

/// <summary>A state and the time of the batch that last updated it, in milliseconds.</summary>
internal readonly record struct TimedState<TState>(TState State, long Time) : IShownState<TimedState<TState>, TState>
{
    public static TState Of(in TimedState<TState> value) => value.State;
}
