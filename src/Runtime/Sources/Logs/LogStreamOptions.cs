namespace CodegenStreaming;

/// <summary>How a log directory is read.</summary>
public sealed class LogStreamOptions : DirectStreamOptions
{
    /// <inheritdoc cref="LogDirectorySource{T}.SkipsExisting"/>
    public bool SkipsExisting { get; set; }

    /// <inheritdoc cref="LogDirectorySource{T}.DeletesCommitted"/>
    public bool DeletesCommitted { get; set; }
}
