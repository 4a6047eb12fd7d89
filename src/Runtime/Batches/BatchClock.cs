namespace CodegenStreaming.Batches;

/// <summary>
/// Calls back once for each batch time, in order: the multiples of the interval after the start. When the clock jumps ahead, the times in between
/// follow one after another; when it is set back, no time comes twice. Calls never overlap.
/// </summary>
internal abstract class BatchClock(SteadyTime time, TimeSpan interval, Action<BatchTime> tick, Func<bool>? holdsBack = null) : IDisposable
{
    private static readonly TimeSpan WhileHeldBack = TimeSpan.FromMilliseconds(1);

    private readonly Lock _ticking = new();
    private BatchTime _next;
    private bool _started;
    private bool _stopped;

    /// <summary>Times up to this one come at once, whatever the clock says: they have been before.</summary>
    private BatchTime _known = new(long.MinValue);
    private bool _mergesMissed;

    /// <summary>True on the clock's own thread.</summary>
    public virtual bool IsCurrent => false;

    /// <summary>The clock for a time provider: a thread that is on time for the machine's clock, timers for any other.</summary>
    /// <param name="time">The time.</param>
    /// <param name="interval">The batch interval.</param>
    /// <param name="name">The application's name, for the thread.</param>
    /// <param name="tick">Called for each batch time.</param>
    /// <param name="holdsBack">
    /// True while the next times have to wait: a machine that has slept for an hour owes so many batches that they would fill its memory.
    /// </param>
    /// <param name="waitForRoom">Waits as long as that is so, for whoever advances a clock that is not the machine's.</param>
    public static BatchClock Create(SteadyTime time, TimeSpan interval, string name, Action<BatchTime> tick, Func<bool> holdsBack, Action? waitForRoom = null) =>
        time.Provider == TimeProvider.System
            ? new ThreadBatchClock(time, interval, name, tick, holdsBack)
            : new TimerBatchClock(time, interval, tick, waitForRoom);

    /// <summary>The smallest multiple of an interval strictly after a moment.</summary>
    public static BatchTime FirstAfter(DateTimeOffset now, TimeSpan interval)
    {
        var step = (long)interval.TotalMilliseconds;
        return new BatchTime(((now.ToUnixTimeMilliseconds() / step) + 1) * step);
    }

    /// <summary>Begins to tick; returns the first batch time.</summary>
    /// <param name="restart">Where an earlier run ended; null for the first one.</param>
    public BatchTime Start(BatchRestart? restart = null)
    {
        var first = _next = restart?.First ?? FirstAfter(time.UtcNow, interval);
        (_known, _mergesMissed) = (restart?.Known ?? _known, restart?.MergesMissed == true);
        _started = true;
        Run();
        return first;
    }

    /// <summary>Ends the ticking. After the return there is no further call.</summary>
    public void Dispose()
    {
        lock (_ticking)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
        }

        if (_started)
        {
            End();
        }
    }

    protected abstract void Run();

    protected abstract void End();

    /// <summary>How long it is until the next batch time, on the clock's thread.</summary>
    protected TimeSpan UntilNext => _next.ToDateTimeOffset() - time.UtcNow;

    /// <summary>Calls back for every batch time that has come; returns how long it is until the next, or null after the stop.</summary>
    protected TimeSpan? TickDue()
    {
        while (true)
        {
            lock (_ticking)
            {
                if (_stopped)
                {
                    return null;
                }

                if (_mergesMissed && _next > _known)
                {
                    MergeMissed();
                }

                var wait = UntilNext;
                if (wait > TimeSpan.Zero && _next > _known)
                {
                    return wait;
                }

                if (holdsBack?.Invoke() == true)
                {
                    return WhileHeldBack;
                }

                tick(_next);
                _next += interval;
            }
        }
    }

    /// <summary>Of the times that have passed only the last is left.</summary>
    private void MergeMissed()
    {
        _mergesMissed = false;
        var missed = (time.UtcNow - _next.ToDateTimeOffset()).Ticks / interval.Ticks;
        if (missed > 0)
        {
            _next += interval * missed;
        }
    }
}

/// <summary>Where an earlier run ended.</summary>
/// <param name="First">The first batch time to come.</param>
/// <param name="Known">The last one that has been before.</param>
/// <param name="MergesMissed">True to leave out all times that have passed since but the last.</param>
internal sealed record BatchRestart(BatchTime First, BatchTime Known, bool MergesMissed);
