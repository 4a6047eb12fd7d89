using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Sources;

/// <summary>What sources log. Event ids 2000 to 2999.</summary>
internal static partial class SourceLog
{
    [LoggerMessage(2000, LogLevel.Warning, "{Stream} waits: the bound on received, unprocessed data is reached ({UsedBytes} bytes). Nothing is lost; the source is held up until batches catch up.")]
    public static partial void ReceiverPaused(this ILogger logger, string stream, long usedBytes);

    [LoggerMessage(2001, LogLevel.Error, "{Stream} failed and receives nothing more.")]
    public static partial void ReceiverFailed(this ILogger logger, Exception exception, string stream);

    [LoggerMessage(2002, LogLevel.Information, "{Stream} has come to its end.")]
    public static partial void SourceEnded(this ILogger logger, string stream);

    [LoggerMessage(2010, LogLevel.Information, "{Stream} is connected to {Host}:{Port}.")]
    public static partial void SocketConnected(this ILogger logger, string stream, string host, int port);

    [LoggerMessage(2011, LogLevel.Warning, "{Stream} cannot connect to {Host}:{Port} ({Reason}); it tries again in {DelaySeconds} s.")]
    public static partial void SocketConnectFailed(this ILogger logger, string stream, string host, int port, string reason, double delaySeconds);

    [LoggerMessage(2012, LogLevel.Warning, "{Stream} lost its connection to {Host}:{Port} ({Reason}); it connects again in {DelaySeconds} s.")]
    public static partial void SocketLost(this ILogger logger, string stream, string host, int port, string reason, double delaySeconds);

    [LoggerMessage(2013, LogLevel.Information, "{Host}:{Port} closed the connection to {Stream}; it connects again in {DelaySeconds} s.")]
    public static partial void SocketClosed(this ILogger logger, string stream, string host, int port, double delaySeconds);

    [LoggerMessage(2014, LogLevel.Error, "{Stream}: the function that makes records of the bytes of {Host}:{Port} failed; the connection is opened again in {DelaySeconds} s.")]
    public static partial void SocketConverterFailed(this ILogger logger, Exception exception, string stream, string host, int port, double delaySeconds);

    [LoggerMessage(2015, LogLevel.Warning, "{Stream} skipped lines longer than {MaximumLength} bytes ({SkippedLines} on this connection).")]
    public static partial void LineTooLong(this ILogger logger, string stream, int maximumLength, long skippedLines);

    [LoggerMessage(2016, LogLevel.Information, "{Stream} dropped {Length} bytes of a line whose end had not come.")]
    public static partial void IncompleteLineDropped(this ILogger logger, string stream, int length);

    [LoggerMessage(2030, LogLevel.Warning, "{Stream} cannot list {Directory} ({Reason}); the batch is empty, and later batches try again.")]
    public static partial void DirectoryUnreadable(this ILogger logger, string stream, string directory, string reason);

    [LoggerMessage(2031, LogLevel.Warning, "{Stream}: listing {Directory} took {Elapsed}, longer than the batch interval of {BatchInterval}. Move files that have been read elsewhere.")]
    public static partial void ListingSlow(this ILogger logger, string stream, string directory, TimeSpan elapsed, TimeSpan batchInterval);

    [LoggerMessage(2032, LogLevel.Error, "{Stream} cannot read {Path} ({Reason}). Its batch goes on without it; later batches try again while the file is new enough.")]
    public static partial void FileUnreadable(this ILogger logger, string stream, string path, string reason);

    [LoggerMessage(2033, LogLevel.Warning, "{Stream}: {Path} changed after it had been taken; the change is not read. Write files elsewhere and move them in when they are whole.")]
    public static partial void TakenFileChanged(this ILogger logger, string stream, string path);

    [LoggerMessage(2040, LogLevel.Error, "{Stream} {What}. The batch goes on without it, and the next one tries again; no record is lost.")]
    public static partial void DirectSourceFailed(this ILogger logger, Exception exception, string stream, string what);
}
