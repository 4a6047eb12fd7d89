namespace CodegenStreaming.Sources;

/// <summary>Where a <see cref="LineSplitter"/> puts its lines.</summary>
internal interface ILineSink
{
    /// <summary>Takes one line, without its line end. The bytes are valid during the call.</summary>
    void WriteLine(ReadOnlySpan<byte> line);
}
