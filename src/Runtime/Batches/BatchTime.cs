using System.Globalization;

namespace CodegenStreaming;

/// <summary>A point on the batch grid, in milliseconds since the Unix epoch (UTC).</summary>
/// <param name="Milliseconds">Milliseconds since the Unix epoch.</param>
public readonly record struct BatchTime(long Milliseconds) : IComparable<BatchTime>
{
    /// <summary>The same point as a date, in UTC.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds);

    /// <inheritdoc/>
    public int CompareTo(BatchTime other) => Milliseconds.CompareTo(other.Milliseconds);

    /// <summary>The time a duration later.</summary>
    public static BatchTime operator +(BatchTime time, TimeSpan duration) => new(time.Milliseconds + (long)duration.TotalMilliseconds);

    /// <summary>The time a duration earlier.</summary>
    public static BatchTime operator -(BatchTime time, TimeSpan duration) => new(time.Milliseconds - (long)duration.TotalMilliseconds);

    /// <summary>The time between two points.</summary>
    public static TimeSpan operator -(BatchTime left, BatchTime right) => TimeSpan.FromMilliseconds(left.Milliseconds - right.Milliseconds);

    /// <summary>Whether a point is earlier.</summary>
    public static bool operator <(BatchTime left, BatchTime right) => left.Milliseconds < right.Milliseconds;

    /// <summary>Whether a point is later.</summary>
    public static bool operator >(BatchTime left, BatchTime right) => left.Milliseconds > right.Milliseconds;

    /// <summary>Whether a point is not later.</summary>
    public static bool operator <=(BatchTime left, BatchTime right) => left.Milliseconds <= right.Milliseconds;

    /// <summary>Whether a point is not earlier.</summary>
    public static bool operator >=(BatchTime left, BatchTime right) => left.Milliseconds >= right.Milliseconds;

    /// <summary>Spark's form: <c>1357008430000 ms</c>.</summary>
    public override string ToString() => Milliseconds.ToString(CultureInfo.InvariantCulture) + " ms";
}
