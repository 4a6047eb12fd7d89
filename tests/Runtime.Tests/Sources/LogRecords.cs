using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Tests.Sources;

/// <summary>A logger that keeps what is logged.</summary>
internal sealed class LogRecords : ILogger
{
    private readonly ConcurrentQueue<LogRecord> _records = new();

    public IReadOnlyCollection<LogRecord> All => _records;

    public IEnumerable<LogRecord> Warnings => _records.Where(record => record.Level >= LogLevel.Warning);

    public int Count(int eventId) => _records.Count(record => record.Id == eventId);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _records.Enqueue(new LogRecord(logLevel, eventId.Id, formatter(state, exception), exception));
}

internal sealed record LogRecord(LogLevel Level, int Id, string Message, Exception? Exception);

/// <summary>Gives everybody the same logger.</summary>
internal sealed class OneLog(ILogger log) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => log;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
