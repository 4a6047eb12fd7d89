namespace CodegenStreaming;

/// <summary>How a <see cref="ConnectionPool{TConnection}"/> keeps its connections.</summary>
/// <typeparam name="TConnection">The connection.</typeparam>
public sealed record ConnectionPoolOptions<TConnection>
    where TConnection : class
{
    /// <summary>How many connections there are at most, in use or not; 10 by default. Who wants one more waits for one that is given back.</summary>
    public int MaxSize { get; init; } = 10;

    /// <summary>How long a connection is kept that nobody uses; five minutes by default, null for ever.</summary>
    public TimeSpan? IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Asked before a connection is used again: false, or an exception, closes it, and another one takes its place. Not asked when null, the default.
    /// </summary>
    public Func<TConnection, CancellationToken, ValueTask<bool>>? IsHealthy { get; init; }

    /// <summary>Checks every setting; the message of the exception names the setting and its value.</summary>
    internal ConnectionPoolOptions<TConnection> Validated()
    {
        if (MaxSize < 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"{nameof(ConnectionPoolOptions<>)}.{nameof(MaxSize)} is '{MaxSize}': it must be at least 1."));
        }

        return IdleTimeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > LongestTime)
            ? throw new ArgumentException(FormattableString.Invariant(
                $"{nameof(ConnectionPoolOptions<>)}.{nameof(IdleTimeout)} is '{timeout}': it must be more than zero and at most {LongestTime}, or null."))
            : this;
    }

    /// <summary>What a timer can take.</summary>
    private static TimeSpan LongestTime => TimeSpan.FromDays(40);
}
