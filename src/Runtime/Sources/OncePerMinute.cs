namespace CodegenStreaming.Sources;

/// <summary>Keeps a warning about something that may happen all the time from filling the log. Used by one receiver.</summary>
internal sealed class OncePerMinute(TimeProvider time)
{
    private long? _last;

    /// <summary>True the first time, and after a minute or more since it was last true.</summary>
    public bool IsDue()
    {
        var now = time.GetTimestamp();
        if (_last is { } last && time.GetElapsedTime(last, now) < TimeSpan.FromMinutes(1))
        {
            return false;
        }

        _last = now;
        return true;
    }
}
