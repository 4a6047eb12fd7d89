namespace CodegenStreaming.Execution.Windows;

/// <summary>
/// The batch times of a context, by numbers: the first batch after the start is number 1. A stream with a slide of n batches has a data set at the
/// multiples of n. Thread-safe.
/// </summary>
internal sealed class BatchGrid(TimeSpan interval)
{
    private readonly long _step = (long)interval.TotalMilliseconds;
    private long _zero = long.MinValue;

    /// <summary>The time between two batches.</summary>
    public TimeSpan Interval => interval;

    /// <summary>The first batch; later ones change nothing.</summary>
    public void Begin(BatchTime first) => Interlocked.CompareExchange(ref _zero, first.Milliseconds - _step, long.MinValue);

    /// <summary>The same where an earlier run has begun: the time of batch zero. Before the first batch.</summary>
    public void Restore(long zero) => Interlocked.Exchange(ref _zero, zero);

    /// <summary>The number of a batch time.</summary>
    public long NumberOf(BatchTime time) => (time.Milliseconds - Interlocked.Read(ref _zero)) / _step;

    /// <summary>The time of a batch.</summary>
    public BatchTime TimeOf(long number) => new(Interlocked.Read(ref _zero) + (number * _step));

    /// <summary>How many batches a slide has.</summary>
    public TimeSpan DurationOf(int batches) => interval * batches;

    /// <summary>A duration in batches.</summary>
    /// <param name="duration">The duration, such as a window's length.</param>
    /// <param name="slide">The slide of the stream that it is applied to, in batches.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <exception cref="ArgumentException">It is not a multiple of the slide, or not more than zero.</exception>
    public int CountOf(TimeSpan duration, int slide, string what, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero, parameter);
        var step = DurationOf(slide);
        return duration.Ticks % step.Ticks == 0
            ? checked((int)(duration.Ticks / interval.Ticks))
            : throw new ArgumentException(
                $"The {what} of {duration} is no multiple of {step}, {(slide == 1 ? "the batch interval" : "the slide of the stream that it is applied to")}.",
                parameter);
    }
}
