namespace CodegenStreaming.TestKit;

/// <summary>
/// A clock that stands still until a test moves it. Timers fire on the thread that moves it, before the call returns. Thread-safe.
/// </summary>
public sealed class VirtualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<VirtualTimer> _armed = [];
    private long _now;

    /// <summary>Makes a clock.</summary>
    /// <param name="start">What it shows at first.</param>
    public VirtualTime(DateTimeOffset start) => _now = start.UtcTicks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>UTC, on every machine.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _now);

    /// <summary>Lets time pass: timers fire one after another, each at its time.</summary>
    /// <param name="by">How long; not less than zero.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = GetTimestamp() + by.Ticks;
        while (TakeDue(end, movesClock: true) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            _now = Math.Max(_now, end); // A function that a timer called may have moved it already.
        }
    }

    /// <summary>Sets the clock ahead at once, as when a machine has slept: timers that are due by then fire when it is that late already.</summary>
    /// <param name="by">How far; not less than zero.</param>
    public void Jump(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_lock)
        {
            _now += by.Ticks;
        }

        FireDue();
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void FireDue()
    {
        while (TakeDue(long.MinValue, movesClock: false) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>Takes the timer that is due first, up to a moment or to now.</summary>
    private VirtualTimer? TakeDue(long end, bool movesClock)
    {
        lock (_lock)
        {
            VirtualTimer? first = null;
            foreach (var timer in _armed)
            {
                if (timer.Due <= Math.Max(end, _now) && (first is null || timer.Due < first.Due))
                {
                    first = timer;
                }
            }

            if (first is null)
            {
                return null;
            }

            if (movesClock)
            {
                _now = Math.Max(_now, first.Due);
            }

            _armed.Remove(first);
            if (first.Period > 0)
            {
                first.Due += first.Period;
                _armed.Add(first);
            }

            return first;
        }
    }

    private void Arm(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _armed.Remove(timer);
            if (dueTime >= TimeSpan.Zero)
            {
                (timer.Due, timer.Period) = (_now + dueTime.Ticks, period.Ticks);
                _armed.Add(timer);
            }
        }

        if (dueTime == TimeSpan.Zero)
        {
            FireDue();
        }
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private bool _isDisposed;

        public long Due { get; set; }

        public long Period { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (!_isDisposed)
            {
                time.Arm(this, dueTime, period);
            }

            return !_isDisposed;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            _isDisposed = true;
            time.Arm(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
