namespace CodegenStreaming.TestKit;

/// <summary>How far a test's batches have come, and which of them failed. Thread-safe.</summary>
internal sealed class BatchProgress(BatchTime first, TimeSpan interval)
{
    private readonly Lock _lock = new();
    private readonly List<BatchFailure> _failures = [];
    private BatchTime? _latest;
    private int _examined;

    /// <summary>That of a context which starts at a moment.</summary>
    public static BatchProgress From(DateTimeOffset start, TimeSpan interval) => new(FirstAfter(start, interval), interval);

    /// <summary>The batch that the test advanced to last.</summary>
    public BatchTime? Latest
    {
        get
        {
            lock (_lock)
            {
                return _latest;
            }
        }
    }

    public IReadOnlyList<BatchFailure> Failures
    {
        get
        {
            lock (_lock)
            {
                return [.. _failures];
            }
        }
    }

    /// <summary>The time of the n-th batch, from one.</summary>
    public BatchTime TimeOf(int number) => first + (interval * (number - 1));

    /// <summary>The number of a batch, from one.</summary>
    public long NumberOf(BatchTime time) => ((time - first).Ticks / interval.Ticks) + 1;

    /// <summary>
    /// How long it is until the next batch time: a step ends exactly then, so that whatever the batch's functions see of the clock does not depend on
    /// threads.
    /// </summary>
    public TimeSpan UntilNext(DateTimeOffset now) => FirstAfter(now, interval).ToDateTimeOffset() - now;

    public string Describe(BatchTime time) => $"batch {NumberOf(time)} ({time})";

    /// <summary>A batch has come to its end.</summary>
    public void Reach(BatchTime time)
    {
        lock (_lock)
        {
            _latest = time;
        }
    }

    public void Fail(BatchFailure failure)
    {
        lock (_lock)
        {
            _failures.Add(failure);
        }
    }

    /// <summary>The failures that no step has answered for.</summary>
    public IReadOnlyList<BatchFailure> TakeFailures()
    {
        lock (_lock)
        {
            var taken = _failures[_examined..];
            _examined = _failures.Count;
            return taken;
        }
    }

    private static BatchTime FirstAfter(DateTimeOffset moment, TimeSpan interval)
    {
        var step = Math.Max(1, (long)interval.TotalMilliseconds); // An interval that is none is the context's to refuse.
        return new BatchTime(((moment.ToUnixTimeMilliseconds() / step) + 1) * step);
    }

    /// <summary>Why a stream has no records of a batch.</summary>
    public StreamingTestException Missing(string stream, BatchTime time)
    {
        var failure = Failures.FirstOrDefault(failure => failure.BatchTime == time);
        return failure is null
            ? new StreamingTestException($"There are no records of {stream} in {Describe(time)}. A stream behind a window has some at its slides only.")
            : new StreamingTestException(
                $"There are no records of {stream} in {Describe(time)}, in which {failure.Place} failed: {failure.Exception.Message}", failure.Exception);
    }
}
