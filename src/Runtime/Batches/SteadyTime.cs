namespace CodegenStreaming.Batches;

/// <summary>
/// The wall clock without its backward steps: when it is set back, time goes on at its pace from where it was; a forward step is followed.
/// So no batch time comes twice, and batches do not pause for as long as the clock was set back. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="notBefore">A time that has been before, in an earlier run: where the clock has been set back since, it goes on from there.</param>
internal sealed class SteadyTime(TimeProvider time, DateTimeOffset? notBefore = null)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _wall = time.GetUtcNow() is var now && notBefore > now ? notBefore.Value : now;
    private long _timestamp = time.GetTimestamp();

    public TimeProvider Provider => time;

    public DateTimeOffset UtcNow
    {
        get
        {
            lock (_lock)
            {
                // The wall clock first: a pause between the two readings must not put this clock ahead.
                var wall = time.GetUtcNow();
                var timestamp = time.GetTimestamp();
                var elapsed = time.GetElapsedTime(_timestamp, timestamp);
                var expected = elapsed > TimeSpan.Zero ? _wall + elapsed : _wall; // A fake clock may set its timestamps back too.
                (_wall, _timestamp) = (wall > expected ? wall : expected, timestamp);
                return _wall;
            }
        }
    }
}
