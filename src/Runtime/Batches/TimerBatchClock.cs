namespace CodegenStreaming.Batches;

/// <summary>
/// Ticks by a timer of the time provider. Under virtual time the batches of a moment have got their records when the call that advanced the clock
/// returns.
/// </summary>
internal sealed class TimerBatchClock(SteadyTime time, TimeSpan interval, Action<BatchTime> tick, Action? waitForRoom = null)
    : BatchClock(time, interval, tick, WaitsForRoom(waitForRoom))
{
    private readonly TimeProvider _provider = time.Provider;
    private ITimer? _timer;

    protected override void Run()
    {
        _timer = _provider.CreateTimer(static clock => ((TimerBatchClock)clock!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Wake();
    }

    protected override void End() => _timer!.Dispose();

    private void Wake()
    {
        for (var wait = TickDue(); wait is { } due;)
        {
            // Timers count whole milliseconds: rounded down, this one would come too early and again at once.
            _timer!.Change(TimeSpan.FromMilliseconds(Math.Ceiling(due.TotalMilliseconds)), Timeout.InfiniteTimeSpan);

            // Another thread may have advanced a fake clock between the look at it and the setting of the timer, which would then come late.
            wait = TickDue();
            if (wait > due - TimeSpan.FromMilliseconds(1))
            {
                return;
            }
        }
    }

    // Too many batches under way would fill the memory.
    private static Func<bool>? WaitsForRoom(Action? waitForRoom) => waitForRoom is null
        ? null
        : () =>
        {
            waitForRoom();
            return false;
        };
}
