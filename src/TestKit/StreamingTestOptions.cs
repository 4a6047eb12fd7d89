using Microsoft.Extensions.Logging;

namespace CodegenStreaming.TestKit;

/// <summary>How a <see cref="StreamingTest"/> runs.</summary>
public sealed class StreamingTestOptions
{
    /// <summary>The settings of the streaming context. Here they begin with <c>local[2]</c> and the name <c>test</c>; all others have their defaults.</summary>
    public StreamingOptions Streaming { get; } = new() { AppName = "test", Master = "local[2]" };

    /// <summary>
    /// Whether the test keeps the context's checkpoints, in memory and in place of any directory, so that a restart goes on from them as a program does. False by default: a
    /// restart begins anew, unless <see cref="Streaming"/> names a directory.
    /// </summary>
    public bool KeepsCheckpoints { get; set; }

    /// <summary>An engine context to run on, which the test leaves running; null (the default) for one of the test's own.</summary>
    public EngineContext? Engine { get; set; }

    /// <summary>Where the context logs; nowhere by default.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>What the virtual clock shows at first: by default 2001-09-09 01:46:40 UTC, which is 1,000,000,000,000 ms.</summary>
    public DateTimeOffset StartTime { get; set; } = DateTimeOffset.FromUnixTimeMilliseconds(1_000_000_000_000);

    /// <summary>
    /// How long a step may take in real time before it fails and says what it waited for. 30 seconds by default; without limit under a debugger.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
