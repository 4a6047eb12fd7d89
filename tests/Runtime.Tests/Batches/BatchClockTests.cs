using System.Collections.Concurrent;
using CodegenStreaming.Batches;
using Microsoft.Extensions.Time.Testing;

namespace CodegenStreaming.Tests.Batches;

public sealed class BatchClockTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));
    private readonly SteppedWallClock _wall;
    private readonly List<long> _ticks = [];

    public BatchClockTests() => _wall = new SteppedWallClock(_time);

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(1, 1000)]
    [InlineData(999, 1000)]
    [InlineData(1000, 2000)]
    [InlineData(1001, 2000)]
    public void FirstTime_IsTheSmallestMultipleAfterNow(long now, long first) =>
        Assert.Equal(new BatchTime(first), BatchClock.FirstAfter(DateTimeOffset.FromUnixTimeMilliseconds(now), TimeSpan.FromSeconds(1)));

    [Fact]
    public void FirstTime_IsAfterNow_ByLessThanAMillisecondToo() =>
        Assert.Equal(new BatchTime(2000), BatchClock.FirstAfter(DateTimeOffset.FromUnixTimeMilliseconds(1000).AddTicks(9999), TimeSpan.FromSeconds(1)));

    [Fact]
    public void EachPeriod_TicksOnce()
    {
        using var clock = Start();
        for (var step = 0; step < 30; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal([1_000_100, 1_000_200, 1_000_300], _ticks);
    }

    [Fact]
    public void EachPeriod_TicksOnce_WhenTheClockJumps()
    {
        using var clock = Start();
        _time.Advance(TimeSpan.FromMilliseconds(100));
        _time.Advance(TimeSpan.FromMilliseconds(250));
        _time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal([1_000_100, 1_000_200, 1_000_300, 1_000_400], _ticks);
    }

    [Fact]
    public void Grid_IsKept_WhenTheStartIsOffIt()
    {
        _time.Advance(TimeSpan.FromTicks(330_001));
        using var clock = Start();
        _time.Advance(TimeSpan.FromMilliseconds(66));
        Assert.Empty(_ticks);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([1_000_100], _ticks);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal([1_000_100, 1_000_200], _ticks);
    }

    [Fact]
    public void NoTimeComesTwice_AndNoneIsLeftOut_WhenTheClockIsSetBack()
    {
        using var clock = Start();
        _time.Advance(TimeSpan.FromMilliseconds(200));
        _wall.Set(TimeSpan.FromHours(-1));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal([1_000_100, 1_000_200, 1_000_300, 1_000_400], _ticks);
    }

    [Fact]
    public void TimesInBetweenFollow_WhenTheClockIsSetForward()
    {
        using var clock = Start();
        _wall.Set(TimeSpan.FromMilliseconds(1000));
        _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(Enumerable.Range(1, 11).Select(period => 1_000_000L + (100 * period)), _ticks);
    }

    [Fact]
    public void ADay_IsCaughtUpInOrder()
    {
        using var clock = Start();
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(864_000, _ticks.Count);
        Assert.Equal(_ticks.Order().Distinct(), _ticks);
    }

    [Fact]
    public void NothingTicks_AfterDispose()
    {
        var clock = Start();
        _time.Advance(TimeSpan.FromMilliseconds(100));
        clock.Dispose();
        clock.Dispose();
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal([1_000_100], _ticks);
    }

    [Fact]
    public void ClockThatWasNeverStarted_CanBeDisposed()
    {
        foreach (var provider in new[] { _time, TimeProvider.System })
        {
            BatchClock.Create(new SteadyTime(provider), Interval, "test", _ => { }, () => false).Dispose();
        }
    }

    [Fact]
    public async Task MachineClock_TicksOnAThread_OnTheGrid_AndNeverEarly()
    {
        var ticks = new ConcurrentQueue<(BatchTime Time, DateTimeOffset Now)>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        BatchClock? clock = null;
        clock = BatchClock.Create(new SteadyTime(TimeProvider.System), TimeSpan.FromMilliseconds(5), "test", time =>
        {
            Assert.True(clock!.IsCurrent);
            ticks.Enqueue((time, TimeProvider.System.GetUtcNow()));
            if (ticks.Count == 5)
            {
                enough.SetResult();
            }
        }, () => false);
        var first = clock.Start();
        await enough.Task;
        clock.Dispose();

        Assert.Equal(ticks.Select((_, index) => first + TimeSpan.FromMilliseconds(5 * index)), ticks.Select(tick => tick.Time));
        Assert.Equal(0, first.Milliseconds % 5);
        Assert.All(ticks, tick => Assert.True(tick.Now >= tick.Time.ToDateTimeOffset()));
        Assert.False(clock.IsCurrent);
    }

    [Fact]
    public async Task MachineClock_IsHeldBack_AndCatchesUpInOrder()
    {
        var (looks, isHeldBack) = (0, true);
        var ticks = new ConcurrentQueue<BatchTime>();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clock = BatchClock.Create(
            new SteadyTime(TimeProvider.System),
            TimeSpan.FromMilliseconds(1),
            "test",
            time =>
            {
                ticks.Enqueue(time);
                if (ticks.Count == 20)
                {
                    enough.SetResult();
                }
            },
            () =>
            {
                if (++looks == 5)
                {
                    asked.SetResult();
                }

                return Volatile.Read(ref isHeldBack);
            });
        var first = clock.Start();
        await asked.Task;
        Assert.Empty(ticks);
        Volatile.Write(ref isHeldBack, false);
        await enough.Task;
        clock.Dispose();

        Assert.Equal(ticks.Select((_, index) => first + TimeSpan.FromMilliseconds(index)), ticks);
    }

    private BatchClock Start()
    {
        var clock = BatchClock.Create(new SteadyTime(_wall), Interval, "test", time => _ticks.Add(time.Milliseconds), () => true);
        clock.Start();
        return clock;
    }

    /// <summary>A machine's clock: the wall clock can be set, time stamps and timers go on.</summary>
    private sealed class SteppedWallClock(FakeTimeProvider time) : TimeProvider
    {
        private TimeSpan _step;

        public override long TimestampFrequency => time.TimestampFrequency;

        public void Set(TimeSpan step) => _step += step;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + _step;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }
}
