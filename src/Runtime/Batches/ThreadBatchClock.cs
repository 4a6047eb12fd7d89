namespace CodegenStreaming.Batches;

/// <summary>
/// Ticks on a thread of its own. It waits as long as a wait, which counts milliseconds and ends late, cannot miss the time; then it sleeps shorter, and
/// spins for the very last stretch. So a batch every second costs the clock nothing, and one every millisecond a third of a processor.
/// </summary>
internal sealed class ThreadBatchClock : BatchClock
{
    /// <summary>By which a wait may be late and the clock still on time.</summary>
    private static readonly TimeSpan LatenessOfWaits = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _stop = new();
    private readonly SleepLateness _lateness = new();
    private readonly Thread _thread;

    public ThreadBatchClock(SteadyTime time, TimeSpan interval, string name, Action<BatchTime> tick, Func<bool> holdsBack)
        : base(time, interval, tick, holdsBack)
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
            if (wait > LatenessOfWaits)
            {
                // No longer than a second, to notice that the clock was set forward.
                _stop.Wait(wait < LongestWait ? wait - LatenessOfWaits : LongestWait - LatenessOfWaits);
            }
            else if (BriefSleep.TrySleep(wait - _lateness.Expected))
            {
                _lateness.Observe(isMissed: UntilNext < TimeSpan.Zero);
            }
            else if (!Thread.Yield())
            {
                Thread.SpinWait(20);
            }
        }
    }
}
