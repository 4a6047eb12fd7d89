namespace CodegenStreaming.Batches;

/// <summary>
/// Ticks on a thread of its own. It waits for most of the time and spins for the last stretch: waits and timers end milliseconds late.
/// </summary>
internal sealed class ThreadBatchClock : BatchClock
{
    private static readonly TimeSpan LastStretch = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    public ThreadBatchClock(SteadyTime time, TimeSpan interval, string name, Action<BatchTime> tick)
        : base(time, interval, tick)
    {
        _thread = new Thread(Loop) { IsBackground = true, Name = $"{name} batch clock", Priority = ThreadPriority.AboveNormal };
    }

    public override bool IsCurrent => Thread.CurrentThread == _thread;

    protected override void Run() => _thread.Start();

    protected override void End()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Loop()
    {
        while (TickDue() is { } wait)
        {
            if (wait > LastStretch)
            {
                // No longer than a second, to notice that the clock was set forward.
                _stop.Wait(wait < LongestWait ? wait - LastStretch : LongestWait - LastStretch);
            }
            else if (!Thread.Yield())
            {
                Thread.SpinWait(20);
            }
        }
    }
}
