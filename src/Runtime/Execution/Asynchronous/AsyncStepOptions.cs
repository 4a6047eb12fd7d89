namespace CodegenStreaming;

/// <summary>How an asynchronous step (<c>MapAsync</c>, <c>FlatMapAsync</c>, <c>FilterAsync</c>, <c>ForeachAsync</c>) calls its function.</summary>
public sealed record AsyncStepOptions
{
    internal static readonly AsyncStepOptions Default = new();

    /// <summary>
    /// How many calls of this step run at once, over all tasks and batches; 16 by default. A call counts from its first attempt to its end, the delays between
    /// attempts included.
    /// </summary>
    public int MaxConcurrency { get; init; } = 16;

    /// <summary>True (the default) to give the results in the order of the records; false to give them as they come.</summary>
    public bool Ordered { get; init; } = true;

    /// <summary>
    /// How long an attempt may take, on the context's clock; null (the default) for any time. Then its token is cancelled, and it has failed with a
    /// <see cref="TimeoutException"/>. A function that takes no notice of its token is left alone after the same time again.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How often a call is attempted in all; once by default.</summary>
    public int MaxAttempts { get; init; } = 1;

    /// <summary>The time between the first attempt and the second, on the context's clock; 100 ms by default.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>By how much each delay is longer than the one before; 2 by default.</summary>
    public double RetryDelayGrowth { get; init; } = 2;

    /// <summary>The longest delay; 30 seconds by default.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After which exceptions a call is attempted again; all of them by default.</summary>
    public Func<Exception, bool>? RetryOn { get; init; }

    /// <summary>The time between an attempt and the next one.</summary>
    /// <param name="attempt">The attempt that has failed, from one.</param>
    internal TimeSpan DelayAfter(int attempt)
    {
        var milliseconds = RetryDelay.TotalMilliseconds * Math.Pow(RetryDelayGrowth, attempt - 1);
        return milliseconds < MaxRetryDelay.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : MaxRetryDelay;
    }

    /// <summary>Checks every setting; the message of the exception names the setting and its value.</summary>
    internal AsyncStepOptions Validated()
    {
        Check(MaxConcurrency >= 1, nameof(MaxConcurrency), MaxConcurrency, "must be at least 1");
        Check(Timeout is null || (Timeout > TimeSpan.Zero && Timeout <= LongestTime), nameof(Timeout), Timeout, $"must be more than zero and at most {LongestTime}");
        Check(MaxAttempts >= 1, nameof(MaxAttempts), MaxAttempts, "must be at least 1");
        Check(RetryDelay >= TimeSpan.Zero, nameof(RetryDelay), RetryDelay, "must not be negative");
        Check(RetryDelayGrowth >= 1 && double.IsFinite(RetryDelayGrowth), nameof(RetryDelayGrowth), RetryDelayGrowth, "must be at least 1");
        Check(MaxRetryDelay >= TimeSpan.Zero && MaxRetryDelay <= LongestTime, nameof(MaxRetryDelay), MaxRetryDelay, $"must be from zero to {LongestTime}");
        return this;
    }

    /// <summary>What a timer can take.</summary>
    private static TimeSpan LongestTime => TimeSpan.FromDays(40);

    private static void Check(bool isValid, string setting, object? value, string rule)
    {
        if (!isValid)
        {
            throw new ArgumentException(FormattableString.Invariant($"{nameof(AsyncStepOptions)}.{setting} is '{value}': it {rule}."));
        }
    }
}
