namespace CodegenStreaming;

/// <summary>How a socket stream reads and reconnects.</summary>
public sealed class SocketStreamOptions
{
    /// <summary>
    /// The longest line in bytes, line end not counted; a longer one is skipped and warned about. 1 MB (1,048,576) by default.
    /// A stream with its own converter frames its records itself and does not use it.
    /// </summary>
    public int MaxRecordLength { get; set; } = 1024 * 1024;

    /// <summary>The time between the end of a connection, or a failure to connect, and the next attempt. 2 seconds by default.</summary>
    public TimeSpan RestartDelay { get; set; } = TimeSpan.FromSeconds(2);
}
