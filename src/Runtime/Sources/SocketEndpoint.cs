namespace CodegenStreaming.Sources;

/// <summary>Where a socket stream connects to, and how: a copy of the user's options, checked.</summary>
internal sealed record SocketEndpoint(string Host, int Port, int MaximumLength, TimeSpan RestartDelay)
{
    public static SocketEndpoint Create(string host, int port, SocketStreamOptions? options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        options ??= new SocketStreamOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxRecordLength, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxRecordLength, Array.MaxLength / 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RestartDelay, TimeSpan.Zero, nameof(options));
        return new SocketEndpoint(host, port, options.MaxRecordLength, options.RestartDelay);
    }
}
