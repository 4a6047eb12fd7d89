using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CodegenStreaming.Samples;

/// <summary>A log message as one line without its category; an exception adds its message.</summary>
internal sealed class OneLineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "one-line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var level = logEntry.LogLevel >= LogLevel.Warning ? logEntry.LogLevel + ": " : "";
        var exception = logEntry.Exception is { } thrown ? " " + thrown.Message : "";
        textWriter.WriteLine(level + logEntry.Formatter(logEntry.State, logEntry.Exception) + exception);
    }
}
