namespace CodegenStreaming.TestKit.Tests;

public sealed class VirtualTimeTests
{
    private readonly VirtualTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly List<string> _fired = [];

    [Fact]
    public void Timers_FireInTheirOrder_EachAtItsTime()
    {
        using var second = Timer("b", 2);
        using var first = Timer("a", 1);
        using var periodic = Timer("p", 1, 2);
        using var late = Timer("late", 6);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["a@1", "p@1", "b@2", "p@3", "p@5"], _fired);
        Assert.Equal(5, Now);
    }

    [Fact]
    public void Jump_LetsTimersFireLate()
    {
        using var first = Timer("a", 1);
        using var second = Timer("b", 2);

        _time.Jump(TimeSpan.FromSeconds(5));

        Assert.Equal(["a@5", "b@5"], _fired);
    }

    [Fact]
    public void TimerThatATimerArms_FiresWithinTheSameAdvance()
    {
        ITimer? second = null;
        using var first = _time.CreateTimer(_ => second = Timer("b", 2), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(["b@3"], _fired);
        second!.Dispose();
    }

    [Fact]
    public void TimerOfNoDelay_FiresAtOnce()
    {
        using var timer = Timer("now", 0);
        Assert.Equal(["now@0"], _fired);
    }

    [Fact]
    public void DisposedOrDisarmedTimer_DoesNotFire()
    {
        var disposed = Timer("a", 1);
        disposed.Dispose();
        using var disarmed = Timer("b", 1);
        disarmed.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty(_fired);
        Assert.False(disposed.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task Delays_FollowTheClock()
    {
        var delay = Task.Delay(TimeSpan.FromHours(1), _time, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.False(delay.IsCompleted);

        _time.Advance(TimeSpan.FromMinutes(1));
        await delay;
        Assert.Equal(TimeSpan.FromHours(1), _time.GetUtcNow() - DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public void Time_DoesNotGoBack()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Jump(TimeSpan.FromTicks(-1)));
    }

    private double Now => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    private ITimer Timer(string name, int due, int? period = null) => _time.CreateTimer(
        _ => _fired.Add($"{name}@{Now}"),
        null,
        TimeSpan.FromSeconds(due),
        period is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan);
}
